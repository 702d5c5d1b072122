package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FloatBytesTest {
  @Test
  void everyBitComesBack() {
    int[] bits = {0, 0x80000000, 0x3f800000, 1, 0x7f800000, 0xff800001, 0x7fc12345};
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] back = FloatBytes.floats(FloatBytes.of(values));
    for (int i = 0; i < bits.length; i++) {
      assertEquals(bits[i], Float.floatToRawIntBits(back[i]));
    }
    assertEquals(bits.length, back.length);
  }

  @Test
  void theOrderIsLittleEndianOnEveryMachine() {
    assertEquals("0000803f", HexFormat.of().formatHex(FloatBytes.of(new float[] {1})));
    assertArrayEquals(new float[0], FloatBytes.floats(FloatBytes.of(new float[0])));
  }
}
