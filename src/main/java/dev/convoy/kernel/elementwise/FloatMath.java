package dev.convoy.kernel.elementwise;

/**
 * Elementary functions on floats with the same bits on every machine: only IEEE operations in a
 * fixed order. The vector kernels do the same operations, lane by lane. Polynomials: Cephes (S.
 * Moshier, {@code expf}, {@code tanhf}, {@code logf}), and for erf minimax fits of our own; errors
 * stay below 2 ulp, those of the logistic function below 3.
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

  /** The largest x whose exp is finite in float; below {@link #EXP_LEAST} it is 0. */
  public static final float EXP_MOST = 88.72283f;

  public static final float EXP_LEAST = -103.972f;

  public static final float E0 = 1.9875691500e-4f;
  public static final float E1 = 1.3981999507e-3f;
  public static final float E2 = 8.3334519073e-3f;
  public static final float E3 = 4.1665795894e-2f;
  public static final float E4 = 1.6666665459e-1f;
  public static final float E5 = 5.0000001201e-1f;

  /** The bound below which e^x - 1 is -1 in float. */
  public static final float EXPM1_LEAST = -18f;

  /**
   * The bound below which tanh is taken from its own polynomial: 1 - 2 / (e^2x + 1) would lose
   * digits.
   */
  public static final float TANH_SMALL = 0.625f;

  public static final float T0 = -5.70498872745e-3f;
  public static final float T1 = 2.06390887954e-2f;
  public static final float T2 = -5.37397155531e-2f;
  public static final float T3 = 1.33314422036e-1f;
  public static final float T4 = -3.33332819422e-1f;

  /** The bits of the square root of 1/2: log1p splits 1 + x into 2^k and a factor from it on. */
  public static final int SQRT_HALF_BITS = 0x3F3504F3;

  public static final float L0 = 7.0376836292e-2f;
  public static final float L1 = -1.1514610310e-1f;
  public static final float L2 = 1.1676998740e-1f;
  public static final float L3 = -1.2420140846e-1f;
  public static final float L4 = 1.4249322787e-1f;
  public static final float L5 = -1.6668057665e-1f;
  public static final float L6 = 2.0000714765e-1f;
  public static final float L7 = -2.4999993993e-1f;
  public static final float L8 = 3.3333331174e-1f;

  /** The bound below which erf is {@code x + x·R(x²)}; from here on {@code 1 - exp(x·S(x))}. */
  public static final float ERF_SMALL = 0.925f;

  /** The bound from which on erf is 1 in float. */
  public static final float ERF_MOST = 3.95f;

  // Minimax in relative error, 1.2e-8 on [0, 0.93].
  public static final float R0 = 8.316777e-5f;
  public static final float R1 = -8.130084e-4f;
  public static final float R2 = 5.1999222e-3f;
  public static final float R3 = -2.6858954e-2f;
  public static final float R4 = 1.12836875e-1f;
  public static final float R5 = -3.7612632e-1f;
  public static final float R6 = 1.2837917e-1f;

  // Minimax in the relative error of erf, 1.4e-8 on [0.92, 3.95].
  public static final float S0 = 2.1398425e-4f;
  public static final float S1 = -3.2149504e-3f;
  public static final float S2 = 2.288995e-2f;
  public static final float S3 = -1.05261825e-1f;
  public static final float S4 = -6.3571835e-1f;
  public static final float S5 = -1.1285143f;

  private FloatMath() {}

  /** Returns e to the power of x. */
  public static float exp(float x) {
    float rounded = Math.fma(x, LOG2_E, ROUND);
    float k = rounded - ROUND;
    int exponent = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
    float y = reducedExpm1(x, k) + 1;
    // 2^k in two factors: k may exceed the exponents of normal floats on either side.
    int half = exponent >> 1;
    y = y * power(half) * power(exponent - half);
    if (x > EXP_MOST) {
      return Float.POSITIVE_INFINITY;
    }
    return x < EXP_LEAST ? 0 : y;
  }

  /** Returns e to the power of x - k·ln 2, which lies around 0, less 1. */
  private static float reducedExpm1(float x, float k) {
    float r = Math.fma(k, -LN2_HIGH, x);
    r = Math.fma(k, -LN2_LOW, r);
    float p = Math.fma(E0, r, E1);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E5);
    return Math.fma(p, r * r, r);
  }

  /** Returns e to the power of x, less 1: with all its digits around 0. */
  public static float expm1(float x) {
    float rounded = Math.fma(x, LOG2_E, ROUND);
    int exponent = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
    float e = reducedExpm1(x, rounded - ROUND);
    // 2^k·(e + 1) - 1, by half of 2^k: k may be one above the exponents of floats.
    float half = power(exponent - 1);
    float y = 2 * Math.fma(e, half, half - 0.5f);
    if (x > EXP_MOST) {
      return Float.POSITIVE_INFINITY;
    }
    return x < EXPM1_LEAST ? -1 : y;
  }

  /** Returns the natural logarithm of 1 + x: with all its digits around 0. It is NaN below -1. */
  public static float log1p(float x) {
    float sum = 1 + x;
    int exponent = (Float.floatToRawIntBits(sum) - SQRT_HALF_BITS) >> 23;
    // f = (1 + x) / 2^k - 1, from x itself: 1 + x has lost digits. 4 / 2^k is a normal float
    // always.
    float scale = power(2 - exponent);
    float f = Math.fma(x * 0.25f, scale, Math.fma(scale, 0.25f, -1));
    float z = f * f;
    float p = Math.fma(L0, f, L1);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L6);
    p = Math.fma(p, f, L7);
    p = Math.fma(p, f, L8);
    float k = exponent;
    float y = Math.fma(k, LN2_LOW, p * f * z);
    y = Math.fma(z, -0.5f, y) + f;
    y = Math.fma(k, LN2_HIGH, y);
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    } else if (x == -1) {
      return Float.NEGATIVE_INFINITY;
    }
    return x < -1 ? Float.NaN : y;
  }

  /** Returns the error function of x: 2/√π times the integral of e^-t² from 0 to x. */
  public static float erf(float x) {
    float size = Math.abs(x);
    float t = Math.min(size, ERF_MOST);
    float s = Math.fma(S0, t, S1);
    s = Math.fma(s, t, S2);
    s = Math.fma(s, t, S3);
    s = Math.fma(s, t, S4);
    s = Math.fma(s, t, S5);
    float large = 1 - exp(s * t);
    float z = x * x;
    float r = Math.fma(R0, z, R1);
    r = Math.fma(r, z, R2);
    r = Math.fma(r, z, R3);
    r = Math.fma(r, z, R4);
    r = Math.fma(r, z, R5);
    r = Math.fma(r, z, R6);
    float small = Math.fma(r, x, x);
    return size < ERF_SMALL ? small : x < 0 ? -large : large;
  }

  /** Returns the hyperbolic tangent of x. */
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

  /** Returns the logistic function of x: 1 / (1 + e^-x). */
  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  private static float power(int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }
}
