package dev.convoy.model.onnx;

/**
 * A tensor whose values are known.
 *
 * @param dimensions outermost first; none for a number
 * @param values {@code float[]}, or {@code long[]} for whole numbers and truth values
 */
public record Constant(int[] dimensions, Object values) {
  /** A tensor of floats. */
  public static Constant of(int[] dimensions, float[] values) {
    return new Constant(dimensions, values);
  }

  /** A list of whole numbers. */
  public static Constant of(long... values) {
    return new Constant(new int[] {values.length}, values);
  }

  /** Whether its values are floats. */
  public boolean isFloat() {
    return values instanceof float[];
  }

  /** Returns how many values it has. */
  public int size() {
    return values instanceof float[] floats ? floats.length : ((long[]) values).length;
  }

  /** Its values as floats. */
  public float[] floats() {
    if (values instanceof float[] floats) {
      return floats;
    }
    long[] whole = (long[]) values;
    float[] floats = new float[whole.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = whole[i];
    }
    return floats;
  }

  /** Its values as whole numbers, what is behind the point cut off. */
  public long[] longs() {
    if (values instanceof long[] longs) {
      return longs;
    }
    float[] floats = (float[]) values;
    long[] whole = new long[floats.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) floats[i];
    }
    return whole;
  }

  /** The same values in another shape of as many. */
  public Constant reshaped(int... shape) {
    return new Constant(shape, values);
  }
}
