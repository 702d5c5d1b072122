package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.SampleImages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFillerTest {
  private static final Shape SHAPE = Shape.of(3, 13, 11);
  private static final ImageBlock BLOCK = SampleImages.random(50, SHAPE, 10, 4);
  private static final Normalization NORMALIZATION =
      new Normalization(new float[] {0.1f, 0.2f, 0.3f}, new float[] {0.5f, 0.6f, 0.7f});

  /** What lies before, after and in unused lanes must not be what was there. */
  private static final float RUBBISH = 1e30f;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 40})
  void putsEachValueInItsImagesLane(int count) {
    RandomSource random = new RandomSource("lanes " + count);
    int[] positions = new int[50];
    Arrays.setAll(positions, i -> random.nextInt(BLOCK.size()));
    int lanes = (count + 15) / 16 * 16;
    float[] target = new float[lanes * SHAPE.size() + 20];
    Arrays.fill(target, RUBBISH);
    filler().fill(BLOCK, positions, 3, count, target, 7);

    float[] expected = target.clone();
    Arrays.fill(expected, 7, 7 + lanes * SHAPE.size(), 0);
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 13; y++) {
          for (int x = 0; x < 11; x++) {
            int pixel = ((positions[3 + i] * 3 + c) * 13 + y) * 11 + x;
            int at = 7 + ((((i / 16) * 3 + c) * 13 + y) * 11 + x) * 16 + i % 16;
            expected[at] = normalized(BLOCK.pixels()[pixel] & 0xFF, c);
          }
        }
      }
    }
    for (int i = 0; i < target.length; i++) {
      int index = i;
      assertEquals(expected[i], target[i], () -> random.again() + "at " + index);
    }
    assertEquals(RUBBISH, target[6]);
    assertEquals(RUBBISH, target[7 + lanes * SHAPE.size()]);
  }

  @Test
  void everyByteIsNormalised() {
    byte[] all = new byte[256];
    int[] positions = new int[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
      positions[i] = i;
    }
    ImageBlock block = new ImageBlock(Shape.of(1, 1, 1), new int[256], new int[256], all);
    Normalization normalization = new Normalization(new float[] {0.2860f}, new float[] {0.3530f});
    float[] target = new float[256];
    new BatchFiller(Shape.of(1, 1, 1), normalization).fill(block, positions, 0, 256, target, 0);
    for (int i = 0; i < 256; i++) {
      assertEquals((i / 255.0 - 0.2860f) / 0.3530f, target[i], 1e-7);
    }
  }

  @Test
  void refusesBlocksAndBatchesThatDoNotFit() {
    int[] positions = new int[20];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> filler().fill(BLOCK, positions, 0, 17, new float[31 * SHAPE.size()], 0));
    ImageBlock turned = SampleImages.random(50, Shape.of(3, 11, 13), 10, 4);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> filler().fill(turned, positions, 0, 1, new float[16 * SHAPE.size()], 0));
    assertEquals(
        "The network takes images of [3, 13, 11], but the block has [3, 11, 13]", e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class, () -> new BatchFiller(SHAPE, Normalization.none(1)));
    assertEquals("normalize.mean needs one value a channel, 3, but has 1", e.getMessage());
  }

  private static float normalized(int value, int channel) {
    return (float) ((value / 255.0 - NORMALIZATION.mean()[channel]) / NORMALIZATION.std()[channel]);
  }

  private static BatchFiller filler() {
    return new BatchFiller(SHAPE, NORMALIZATION);
  }
}
