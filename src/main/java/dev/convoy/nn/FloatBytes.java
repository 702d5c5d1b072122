package dev.convoy.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Floats on their way between machines, as their bits in little-endian order. Java's serialisation
 * writes floats one by one and bytes at once: as bytes they take a third of the time.
 */
public final class FloatBytes {
  private FloatBytes() {}

  /** The bytes of these floats. */
  public static byte[] of(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** The bytes of these floats, two of each where all are {@link BFloat16}; a byte says which. */
  public static byte[] compact(float[] values) {
    boolean half = BFloat16.holds(values, 0, values.length);
    int size = half ? Short.BYTES : Float.BYTES;
    byte[] bytes = new byte[Math.addExact(1, Math.multiplyExact(values.length, size))];
    bytes[0] = (byte) size;
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
    put(buffer.order(ByteOrder.LITTLE_ENDIAN), values, 0, values.length, half);
    return bytes;
  }

  /** The floats of bytes that {@link #compact} made. */
  public static float[] compacted(byte[] bytes) {
    int size = bytes[0];
    float[] values = new float[(bytes.length - 1) / size];
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
    get(buffer.order(ByteOrder.LITTLE_ENDIAN), values, 0, values.length, size == Short.BYTES);
    return values;
  }

  /** Puts some values, as bits of a {@link BFloat16} or of a float. */
  public static void put(ByteBuffer buffer, float[] values, int start, int count, boolean half) {
    if (!half) {
      buffer.asFloatBuffer().put(values, start, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      buffer.putShort(i * Short.BYTES, BFloat16.bits(values[start + i]));
    }
  }

  /** Gets what {@link #put} put. */
  public static void get(ByteBuffer buffer, float[] values, int start, int count, boolean half) {
    if (!half) {
      buffer.asFloatBuffer().get(values, start, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      values[start + i] = BFloat16.value(buffer.getShort(i * Short.BYTES));
    }
  }

  /** The floats of these bytes. */
  public static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
