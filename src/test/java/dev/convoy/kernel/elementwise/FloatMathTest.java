package dev.convoy.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The elementary functions against {@link StrictMath} in double, and scalar against vector. */
class FloatMathTest {
  private static final int EXP = 0;
  private static final int TANH = 1;
  private static final int SIGMOID = 2;
  private static final int EXPM1 = 3;
  private static final int LOG1P = 4;
  private static final int ERF = 5;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** Bit patterns of floats all over the range: each 50,021st, with both signs, and extremes. */
  private static float[] sweep() {
    int step = 50_021;
    int count = 0x7F800000 / step + 1;
    float[] extremes = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      INFINITY,
      -INFINITY,
      Float.NaN,
      88.72283f,
      88.7229f,
      -87.33655f,
      -103.97f,
      -103.98f,
      0.625f,
      0.62499994f,
      -0.625f,
      9.01f,
      -9.01f,
      0.925f,
      -0.925f,
      3.95f,
      -3.95f,
      -17.32f,
      -17.33f,
      -18f,
      -0.99999994f,
      -1.0000001f,
      -0.29289323f,
      0.41421357f,
      1,
      -1,
    };
    // Beside them, steps of 1/1024 where the functions change.
    int fine = 2 * 110 * 1024;
    float[] values = new float[2 * count + extremes.length + fine];
    int at = 0;
    for (int i = 0; i < count; i++) {
      float value = Float.intBitsToFloat(i * step);
      values[at++] = value;
      values[at++] = -value;
    }
    for (int i = 0; i < fine; i++) {
      values[at++] = (i - fine / 2) / 1024f;
    }
    System.arraycopy(extremes, 0, values, at, extremes.length);
    return values;
  }

  private static float[] run(KernelsUnderTest under, int function, float[] x) {
    Kernels kernels = under.create();
    float[] y = new float[x.length];
    switch (function) {
      case EXP -> kernels.elementwise().exp(x, 0, y, 0, x.length);
      case TANH -> kernels.elementwise().tanh(x, 0, y, 0, x.length);
      case SIGMOID -> kernels.elementwise().sigmoid(x, 0, y, 0, x.length);
      case EXPM1 -> kernels.elementwise().expm1(x, 0, y, 0, x.length);
      case LOG1P -> kernels.elementwise().log1p(x, 0, y, 0, x.length);
      case ERF -> kernels.elementwise().erf(x, 0, y, 0, x.length);
      default -> throw new IllegalArgumentException("function " + function);
    }
    return y;
  }

  /**
   * The distance in units of the last place of the float nearest to the true value, at least {@code
   * leastUnit}.
   */
  private static double ulps(double expected, float actual, double leastUnit) {
    if (Double.isNaN(expected)) {
      return Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
    }
    float nearest = (float) expected;
    if (nearest == actual) {
      return 0;
    }
    return Math.abs(expected - actual) / Math.max(leastUnit, Math.ulp(nearest));
  }

  private static void assertWithin(
      double limit,
      double leastUnit,
      KernelsUnderTest kernels,
      int function,
      DoubleUnaryOperator exact) {
    float[] x = sweep();
    float[] y = run(kernels, function, x);
    for (int i = 0; i < x.length; i++) {
      double error = ulps(exact.applyAsDouble(x[i]), y[i], leastUnit);
      float in = x[i];
      float out = y[i];
      assertTrue(error <= limit, () -> "f(" + in + ") = " + out + " is off by " + error + " ulp");
    }
  }

  @ParameterizedTest
  @EnumSource
  void expIsWithinTwoUlp(KernelsUnderTest kernels) {
    assertWithin(2, 0, kernels, EXP, StrictMath::exp);
  }

  @ParameterizedTest
  @EnumSource
  void tanhIsWithinTwoUlp(KernelsUnderTest kernels) {
    assertWithin(2, 0, kernels, TANH, StrictMath::tanh);
  }

  @ParameterizedTest
  @EnumSource
  void sigmoidIsWithinThreeUlpAndMayLoseSubnormals(KernelsUnderTest kernels) {
    // Below -88.7 exp(-x) is infinite, so that sigmoid is 0 and not, as it would be, below 3e-39.
    assertWithin(3, Float.MIN_NORMAL, kernels, SIGMOID, x -> 1 / (1 + StrictMath.exp(-x)));
  }

  @ParameterizedTest
  @EnumSource
  void expm1IsWithinTwoUlp(KernelsUnderTest kernels) {
    assertWithin(2, 0, kernels, EXPM1, StrictMath::expm1);
  }

  @ParameterizedTest
  @EnumSource
  void log1pIsWithinTwoUlp(KernelsUnderTest kernels) {
    assertWithin(2, 0, kernels, LOG1P, StrictMath::log1p);
  }

  @ParameterizedTest
  @EnumSource
  void erfIsWithinTwoUlp(KernelsUnderTest kernels) {
    assertWithin(2, 0, kernels, ERF, FloatMathTest::erf);
  }

  /** 2/√π · e^-x² · Σ 2^n · x^(2n+1) / (1·3·...·(2n+1)): no two terms cancel (DLMF 7.6.2). */
  private static double erf(double x) {
    if (Double.isNaN(x) || Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreExact(KernelsUnderTest kernels) {
    float[] x = {0f, INFINITY, -INFINITY, Float.NaN, 200, -200};
    Bits.assertSame(
        new float[] {1, INFINITY, 0, Float.NaN, INFINITY, 0}, run(kernels, EXP, x), "exp");
    Bits.assertSame(new float[] {0f, 1, -1, Float.NaN, 1, -1}, run(kernels, TANH, x), "tanh");
    Bits.assertSame(new float[] {0.5f, 1, 0, Float.NaN, 1, 0}, run(kernels, SIGMOID, x), "sigmoid");
    Bits.assertSame(
        new float[] {0, INFINITY, -1, Float.NaN, INFINITY, -1}, run(kernels, EXPM1, x), "expm1");
    Bits.assertSame(new float[] {0, 1, -1, Float.NaN, 1, -1}, run(kernels, ERF, x), "erf");
    float[] above = {0, INFINITY, -INFINITY, Float.NaN, -1, -2};
    Bits.assertSame(
        new float[] {0, INFINITY, Float.NaN, Float.NaN, -INFINITY, Float.NaN},
        run(kernels, LOG1P, above),
        "log1p");
  }

  @Test
  void scalarAndVectorGiveTheSameBits() {
    float[] x = sweep();
    for (int function = EXP; function <= ERF; function++) {
      Bits.assertSame(
          run(KernelsUnderTest.SCALAR, function, x),
          run(KernelsUnderTest.VECTOR, function, x),
          "function " + function);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyCountAndOffsetIsServedAndNothingBeyondIsWritten(KernelsUnderTest under) {
    float[] x = {-2, -1, -0.5f, 0, 0.25f, 1, 3};
    for (int count : new int[] {0, 1, 7, 8, 9, 13, 16, 31, 207}) {
      float[] source = new float[count + 5];
      for (int i = 0; i < source.length; i++) {
        source[i] = x[i % x.length];
      }
      float[] target = new float[count + 9];
      under.create().elementwise().exp(source, 5, target, 3, count);
      for (int i = 0; i < target.length; i++) {
        boolean inside = i >= 3 && i < count + 3;
        float expected = inside ? FloatMath.exp(source[i + 2]) : 0;
        assertEquals(expected, target[i], "count " + count + ", target " + i);
      }
    }
  }
}
