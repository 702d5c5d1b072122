package dev.convoy.kernel;

/**
 * Elementary functions on floats with the same bits on every machine: only IEEE operations in a
 * fixed order. The vector kernels do the same operations, lane by lane. Polynomials: Cephes (S.
 * Moshier, {@code expf}, {@code tanhf}); errors stay below 2 ulp.
 */
public final class FloatMath {
  public static final float LOG2_E = 1.44269504088896341f;
  // ln 2 in two parts, so that k·ln 2 is exact in its high part.
  public static final float LN2_HIGH = 0.693359375f;
  public static final float LN2_LOW = -2.12194440e-4f;

  /**
   * Adding and taking away 1.5·2^23 rounds to the nearest integer, whose bits then end the sum's
   * mantissa.
   */
  public static final float ROUND = 12582912f;

  /** Above, exp is infinite in float; below {@link #EXP_LEAST} it is 0. */
  public static final float EXP_MOST = 88.72283f;

  public static final float EXP_LEAST = -103.972f;

  public static final float E0 = 1.9875691500e-4f;
  public static final float E1 = 1.3981999507e-3f;
  public static final float E2 = 8.3334519073e-3f;
  public static final float E3 = 4.1665795894e-2f;
  public static final float E4 = 1.6666665459e-1f;
  public static final float E5 = 5.0000001201e-1f;

  /** Below, tanh is taken from its own polynomial: 1 - 2 / (e^2x + 1) would lose digits. */
  public static final float TANH_SMALL = 0.625f;

  public static final float T0 = -5.70498872745e-3f;
  public static final float T1 = 2.06390887954e-2f;
  public static final float T2 = -5.37397155531e-2f;
  public static final float T3 = 1.33314422036e-1f;
  public static final float T4 = -3.33332819422e-1f;

  private FloatMath() {}

  /** e to the power of x. */
  public static float exp(float x) {
    float rounded = Math.fma(x, LOG2_E, ROUND);
    float k = rounded - ROUND;
    int exponent = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
    float r = Math.fma(k, -LN2_HIGH, x);
    r = Math.fma(k, -LN2_LOW, r);
    float p = Math.fma(E0, r, E1);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E5);
    float y = Math.fma(p, r * r, r) + 1;
    // 2^k in two factors: k may exceed the exponents of normal floats on either side.
    int half = exponent >> 1;
    y = y * power(half) * power(exponent - half);
    if (x > EXP_MOST) {
      return Float.POSITIVE_INFINITY;
    }
    return x < EXP_LEAST ? 0 : y;
  }

  /** The hyperbolic tangent of x. */
  public static float tanh(float x) {
    float size = Math.abs(x);
    float large = 1 - 2 / (exp(size + size) + 1);
    float z = x * x;
    float p = Math.fma(T0, z, T1);
    p = Math.fma(p, z, T2);
    p = Math.fma(p, z, T3);
    p = Math.fma(p, z, T4);
    float small = Math.fma(p * z, x, x);
    return size < TANH_SMALL ? small : x < 0 ? -large : large;
  }

  /** The logistic function of x: 1 / (1 + e^-x). */
  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  private static float power(int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }
}
