package dev.convoy.nn;

/**
 * Floats of 16 bits: sign and exponent of a float32, and the first seven bits of its fraction. They
 * are held as the float32 of the same value, whose lower half is zero.
 */
public final class BFloat16 {
  private static final int LOWER = 0xFFFF;

  private BFloat16() {}

  /**
   * The nearest value, of two equally near ones the one whose last bit is 0: errors of many values
   * add up to none. What is beyond the largest becomes infinite; NaN stays NaN.
   */
  public static float round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return Float.intBitsToFloat((bits | 0x400000) & ~LOWER);
    }
    int half = 0x7FFF + (bits >>> 16 & 1);
    return Float.intBitsToFloat(bits + half & ~LOWER);
  }

  /** Rounds these values in place. */
  public static void round(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = round(values[i]);
    }
  }

  /** Returns whether none of these values, up to {@code end}, would change by rounding. */
  public static boolean holds(float[] values, int start, int end) {
    for (int i = start; i < end; i++) {
      if ((Float.floatToRawIntBits(values[i]) & LOWER) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The 16 bits of a value that rounding would not change. */
  public static short bits(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> 16);
  }

  /** The value of 16 bits. */
  public static float value(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
