package dev.convoy.image.filter;

import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The matrix that slides over a picture: any rectangle, its sides odd or even.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param values row by row, each in the range of a 32-bit float
 */
public record FilterKernel(int height, int width, double[] values) implements Serializable {
  public FilterKernel {
    Check.positive(height, "FilterKernel.height");
    Check.positive(width, "FilterKernel.width");
    if (values.length != (long) height * width) {
      throw new IllegalArgumentException(
          "FilterKernel of " + height + "x" + width + " can't hold " + values.length + " values");
    }
    for (double value : values) {
      if (!(Math.abs(value) <= Float.MAX_VALUE)) { // so that no sum of products overflows
        throw new IllegalArgumentException(
            "FilterKernel.values must be in the range of a 32-bit float, but one was " + value);
      }
    }
    values = values.clone();
  }

  /** A kernel of these rows, all of the same length. */
  public static FilterKernel of(double[]... rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    for (double[] row : rows) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "FilterKernel needs rows of the same length, but got " + width + " and " + row.length);
      }
    }
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return new FilterKernel(rows.length, width, values);
  }

  /** The value in row {@code y} and column {@code x}. */
  public double at(int y, int x) {
    return values[y * width + x];
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  /** The same, turned by 180 degrees: what makes a convolution of a correlation. */
  public FilterKernel turned() {
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return new FilterKernel(height, width, turned);
  }

  /** The same with each value divided by this. */
  public FilterKernel dividedBy(double divisor) {
    return new FilterKernel(
        height, width, Arrays.stream(values).map(value -> value / divisor).toArray());
  }

  /** The sum of the absolute values: how many times its inputs a result can be. */
  public double gain() {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilterKernel that
        && height == that.height
        && width == that.width
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(values);
  }

  /**
   * Writes the values, as in {@code [[0,-1,0],[-1,5,-1],[0,-1,0]]}, which {@link KernelText} reads.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int y = 0; y < height; y++) {
      text.append(y == 0 ? "[" : ",[");
      for (int x = 0; x < width; x++) {
        text.append(x == 0 ? "" : ",").append(shown(at(y, x)));
      }
      text.append("]");
    }
    return text.append("]").toString();
  }

  private static String shown(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
