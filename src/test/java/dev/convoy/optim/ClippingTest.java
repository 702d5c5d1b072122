package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClippingTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  static Stream<Golden> golden() {
    return Golden.cases("optimizers").stream().filter(g -> g.name().startsWith("clip_norm"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void normsAgree(Golden golden) {
    float[] gradient = golden.tensor("/in/g").floats();
    assertEquals(golden.at("/out/norm").asDouble(), ClipByNorm.norm(gradient), 1e-15);
    new ClipByNorm(golden.number("/params/max_norm", Double.NaN)).clip(gradient);
    double[] expected = golden.tensor("/out/g").data();
    for (int i = 0; i < expected.length; i++) {
      Golden.assertClose(
          expected[i], gradient[i], Math.ulp((float) expected[i]), golden + " g[" + i + "]");
    }
  }

  @Test
  void noCaseIsLost() {
    assertEquals(2, golden().count());
  }

  @Test
  void valuesAreBroughtIntoTheirBounds() {
    float[] gradient = {-3, -1, -0.5f, -0f, 0, 0.75f, 1, 1.5f, 3e38f};
    new ClipByValue(1).clip(gradient);
    Bits.assertSame(new float[] {-1, -1, -0.5f, -0f, 0, 0.75f, 1, 1, 1}, gradient, "gradient");
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    float[] byValue = {NAN, INFINITY, -INFINITY, 5};
    new ClipByValue(1).clip(byValue);
    Bits.assertSame(new float[] {NAN, NAN, NAN, 1}, byValue, "by value");
    for (float bad : new float[] {NAN, INFINITY, -INFINITY}) {
      float[] byNorm = {3, bad, 4};
      new ClipByNorm(1).clip(byNorm);
      Bits.assertSame(new float[] {3, bad, 4}, byNorm, "by norm");
    }
  }

  @Test
  void theGreatestGradientsOfAllHaveANorm() {
    float[] gradient = new float[1000];
    Arrays.fill(gradient, Float.MAX_VALUE);
    new ClipByNorm(10).clip(gradient);
    assertEquals(10, ClipByNorm.norm(gradient), 1e-5);
  }

  /**
   * In double, 2^60 + 64 is 2^60: added one after the other all would be lost, side by side those
   * of the second and third pair of sums are not.
   */
  @Test
  void theOrderOfTheSumIsFixed() {
    float[] values = new float[16];
    Arrays.fill(values, 8);
    values[0] = 0x1p30f;
    assertEquals(Math.sqrt(0x1p60 + 256 + 512), ClipByNorm.norm(values));
    assertTrue(ClipByNorm.norm(values) > 0x1p30);
  }

  /** Of values among which a sum of all in a row would lose some. */
  @Test
  void partsGiveTheSquaresOfTheWholeAndAreClippedAlike() {
    ClipByNorm clip = new ClipByNorm(1);
    float[] whole = new float[2 * Clipping.STRETCH + 100];
    Arrays.fill(whole, 8);
    whole[0] = 0x1p30f;
    float[] first = Arrays.copyOf(whole, Clipping.STRETCH);
    float[] rest = Arrays.copyOfRange(whole, Clipping.STRETCH, whole.length);
    double[] squares =
        DoubleStream.concat(Arrays.stream(clip.squares(first)), Arrays.stream(clip.squares(rest)))
            .toArray();
    assertArrayEquals(clip.squares(whole), squares);
    assertEquals(3, squares.length);
    assertEquals(ClipByNorm.norm(whole), Math.sqrt(Arrays.stream(squares).sum()));
    clip.clip(whole);
    clip.clip(first, squares);
    clip.clip(rest, squares);
    Bits.assertSame(Arrays.copyOf(whole, Clipping.STRETCH), first, "first part");
    Bits.assertSame(Arrays.copyOfRange(whole, Clipping.STRETCH, whole.length), rest, "other part");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 207})
  void everyValueCounts(int count) {
    float[] values = new float[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
      sum += (i + 1.0) * (i + 1);
    }
    assertEquals(Math.sqrt(sum), ClipByNorm.norm(values));
  }
}
