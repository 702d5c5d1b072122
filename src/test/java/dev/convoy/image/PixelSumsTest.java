package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
  private static final Shape SHAPE = Shape.of(2, 1, 2);

  @Test
  void meanAndDeviationAreThoseOfTheTextbook() {
    PixelSums sums = new PixelSums(2);
    sums.add(SHAPE, new byte[] {0, (byte) 255, 51, 51, 0, (byte) 255, 51, (byte) 204}, 2);
    assertEquals(0.5, sums.mean(0));
    assertEquals(0.5, sums.deviation(0));
    assertEquals(0.35, sums.mean(1), 1e-15);
    assertEquals(Math.sqrt(0.0675), sums.deviation(1), 1e-15);
    assertEquals(4, sums.pixels());
  }

  @Test
  void aSmallDeviationOfManyPixelsKeepsItsDigits() {
    // 2^40 pixels of 200, and one of 201: of doubles, E[x²] - E[x]² would leave no digit.
    long count = (1L << 40) + 1;
    PixelSums sums =
        new PixelSums(count, new long[] {200 * count + 1}, new long[] {40_000 * count + 401});
    assertEquals(Math.pow(2, -20) / 255, sums.deviation(0), 1e-20);
  }

  @Test
  void sumsJoinedInAnyOrderAreThoseOfAll() {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    PixelSums all = new PixelSums(2);
    all.add(SHAPE, bytes, 2);
    PixelSums first = new PixelSums(2);
    first.add(SHAPE, new byte[] {5, 6, 7, 8}, 1);
    PixelSums second = new PixelSums(2);
    second.add(SHAPE, new byte[] {1, 2, 3, 4}, 1);
    first.add(second);
    assertEquals(all.normalization("x"), first.normalization("x"));
  }

  @Test
  void channelsOfEqualPixelsCantBeNormalized() {
    PixelSums sums = new PixelSums(2);
    sums.add(SHAPE, new byte[] {1, 2, 7, 7}, 1);
    DataException e = assertThrows(DataException.class, () -> sums.normalization("data.train"));
    assertTrue(e.getMessage().contains("all of channel 1 are 7"), e.getMessage());
  }
}
