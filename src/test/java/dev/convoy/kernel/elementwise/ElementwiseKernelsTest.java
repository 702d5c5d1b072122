package dev.convoy.kernel.elementwise;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Choices by sign: vector against scalar bit by bit, and what is refused. */
class ElementwiseKernelsTest {
  private final ElementwiseKernels scalar = Kernels.scalar().elementwise();
  private final BothKernels both = new BothKernels();

  @Test
  void reluGivesTheSameBits() {
    RandomSource random = new RandomSource("relu");
    for (int count : new int[] {1, 7, 8, 9, 13, 16, 31, 207}) {
      float[] source = values(random, count + 3);
      source[3] = Float.NaN;
      source[count + 2] = Float.NEGATIVE_INFINITY;
      float[] target = random.normal(count + 2 * GUARD);
      both.assertSame(
          random.again() + "relu " + count,
          target,
          (kernels, to) -> kernels.elementwise().relu(source, 3, to, GUARD, count));
      float[] output = values(random, count + 5);
      output[5] = Float.NaN;
      both.assertSame(
          random.again() + "reluBackward " + count,
          target,
          (kernels, to) -> kernels.elementwise().reluBackward(output, 5, to, GUARD, count));
    }
  }

  @ParameterizedTest
  @EnumSource
  void reluKeepsNaNAndTurnsMinusZeroIntoZero(KernelsUnderTest kernels) {
    float[] x = {Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    kernels.create().elementwise().relu(x, 0, x, 0, x.length);
    float[] expected = {Float.NaN, 0f, 0f, 0f, 1, 0f, Float.POSITIVE_INFINITY};
    Bits.assertSame(expected, x, "relu");
  }

  @Test
  void replaceUnlessPositiveGivesTheSameBits() {
    RandomSource random = new RandomSource("replaceUnlessPositive");
    for (int count : new int[] {1, 7, 8, 9, 13, 16, 31, 207}) {
      float[] test = values(random, count + 3);
      test[3] = Float.NaN;
      float[] other = values(random, count + 5);
      both.assertSame(
          random.again() + "replaceUnlessPositive " + count,
          random.normal(count + 2 * GUARD),
          (kernels, to) ->
              kernels.elementwise().replaceUnlessPositive(test, 3, other, 5, to, GUARD, count));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsAboveZeroIsNotReplaced(KernelsUnderTest kernels) {
    float[] test = {Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] target = {1, 2, 3, 4, Float.NaN, 6, 7};
    float[] other = {10, 20, Float.NaN, 40, 50, 60, 70};
    kernels
        .create()
        .elementwise()
        .replaceUnlessPositive(test, 0, other, 0, target, 0, target.length);
    Bits.assertSame(new float[] {10, 20, Float.NaN, 40, Float.NaN, 60, 7}, target, "replaced");
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    float[] source = new float[48];
    float[] target = new float[32];
    assertRefused(
        "source needs [30, 33) of an array of 32", () -> scalar.relu(target, 30, source, 0, 3));
    assertRefused(
        "target needs [46, 49) of an array of 48", () -> scalar.exp(target, 0, source, 46, 3));
    assertRefused(
        "test needs [1, 33) of an array of 32",
        () -> scalar.replaceUnlessPositive(target, 1, source, 0, source, 0, 32));
    assertRefused(
        "source needs [0, -1) of an array of 32", () -> scalar.tanh(target, 0, source, 0, -1));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}
