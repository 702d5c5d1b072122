package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BFloat16Test {
  /** Every one of them, and what lies between it and the next. */
  @Test
  void theNearestIsTakenAndOfTwoThatAreEquallyNearTheEvenOne() {
    for (int bits = 0; bits < 0x7F7F; bits++) {
      for (int sign : new int[] {0, 0x8000}) {
        float below = BFloat16.value((short) (bits | sign));
        float above = BFloat16.value((short) (bits + 1 | sign));
        int start = Float.floatToRawIntBits(below);
        assertEquals(below, BFloat16.round(below));
        assertEquals(below, BFloat16.round(Float.intBitsToFloat(start + 0x7FFF)));
        assertEquals(above, BFloat16.round(Float.intBitsToFloat(start + 0x8001)));
        float even = bits % 2 == 0 ? below : above;
        assertEquals(even, BFloat16.round(Float.intBitsToFloat(start + 0x8000)));
      }
    }
  }

  @Test
  void whatIsNotFiniteStaysSoAndZeroKeepsItsSign() {
    assertEquals(Float.POSITIVE_INFINITY, BFloat16.round(Float.POSITIVE_INFINITY));
    assertEquals(Float.NEGATIVE_INFINITY, BFloat16.round(Float.NEGATIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, BFloat16.round(Float.MAX_VALUE));
    assertTrue(Float.isNaN(BFloat16.round(Float.NaN)));
    assertTrue(Float.isNaN(BFloat16.round(Float.intBitsToFloat(0x7F800001))));
    assertTrue(Float.isNaN(BFloat16.round(Float.intBitsToFloat(0xFFFFFFFF))));
    assertEquals(1 / -0f, 1 / BFloat16.round(-0f));
  }

  @Test
  void valuesOfSixteenBitsTakeTwoBytesAndOthersFour() {
    float[] values = {1.5f, -0f, 3e-39f, 0.1f, Float.MIN_VALUE};
    assertFalse(BFloat16.holds(values, 0, values.length));
    assertTrue(BFloat16.holds(values, 0, 2));
    byte[] whole = FloatBytes.compact(values);
    assertEquals(1 + 4 * values.length, whole.length);
    assertArrayEquals(values, FloatBytes.compacted(whole));
    BFloat16.round(values);
    byte[] halves = FloatBytes.compact(values);
    assertEquals(1 + 2 * values.length, halves.length);
    assertArrayEquals(values, FloatBytes.compacted(halves));
    assertEquals(0, FloatBytes.compacted(FloatBytes.compact(new float[0])).length);
  }
}
