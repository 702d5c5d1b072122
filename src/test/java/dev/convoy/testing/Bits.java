package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** Compares floats to the last bit: 0 and -0 differ, and NaN equals itself. */
public final class Bits {
  private Bits() {}

  /** Fails at the first value whose bits differ. */
  public static void assertSame(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, what + ": length");
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])
          && !(Float.isNaN(expected[i]) && Float.isNaN(actual[i]))) {
        fail(what + "[" + i + "]: expected " + expected[i] + ", but was " + actual[i]);
      }
    }
  }
}
