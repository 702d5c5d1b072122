package dev.convoy.report.explain;

import dev.convoy.tensor.Shape;
import java.util.Base64;

/**
 * Maps to be looked at: each value as a signed byte, 127 for the largest amount of all.
 *
 * @param count how many maps are here, the first ones
 * @param all how many there are
 * @param height of a map as it is here
 * @param width of a map as it is here
 * @param shrink values of a row and of a column whose mean one of these is
 * @param limit the largest amount, of all maps
 * @param bytes {@code [count, height, width]} in Base64
 */
record MapSheet(int count, int all, int height, int width, int shrink, float limit, String bytes) {
  /** Maps of a layer, at most: what a reader looks through. */
  static final int MOST = 32;

  /** Maps of a layer, at least, whatever room they take. */
  private static final int FEWEST = 4;

  /** A vector of features is shown as one map of rows this long. */
  private static final int VECTOR_ROW = 32;

  private static final int FULL = Byte.MAX_VALUE;

  /**
   * Makes the sheet of values of this shape.
   *
   * @param side of a map at most; a larger one is shrunk
   * @param bytes of all maps at most, as long as there are some
   */
  static MapSheet of(Shape shape, float[] values, int side, int bytes) {
    if (!shape.isImage()) {
      int width = Math.min(VECTOR_ROW, shape.size());
      int height = Math.min((shape.size() + width - 1) / width, Math.max(1, bytes / width));
      return of(1, 1, height, width, values, side);
    }
    int shrink = shrink(shape.height(), shape.width(), side);
    int shown = (shape.height() + shrink - 1) / shrink * ((shape.width() + shrink - 1) / shrink);
    int count = Math.min(shape.channels(), Math.max(FEWEST, Math.min(MOST, bytes / shown)));
    return of(count, shape.channels(), shape.height(), shape.width(), values, side);
  }

  /** The first maps of {@code [all, height, width]}; what lacks at the end is 0. */
  static MapSheet of(int count, int all, int height, int width, float[] values, int side) {
    int shrink = shrink(height, width, side);
    int rows = (height + shrink - 1) / shrink;
    int columns = (width + shrink - 1) / shrink;
    float[] means = new float[count * rows * columns];
    float limit = 0;
    for (int i = 0; i < means.length; i++) {
      int map = i / (rows * columns);
      int row = i / columns % rows * shrink;
      int column = i % columns * shrink;
      means[i] = mean(values, map * height, row, column, height, width, shrink);
      limit = Math.max(limit, Math.abs(means[i]));
    }
    byte[] bytes = new byte[means.length];
    for (int i = 0; i < means.length; i++) {
      bytes[i] = limit > 0 ? (byte) Math.round(means[i] / limit * FULL) : 0;
    }
    String text = Base64.getEncoder().encodeToString(bytes);
    return new MapSheet(count, all, rows, columns, shrink, limit, text);
  }

  private static int shrink(int height, int width, int side) {
    return Math.max(1, (Math.max(height, width) + side - 1) / side);
  }

  private static float mean(
      float[] values, int firstRow, int row, int column, int height, int width, int shrink) {
    double sum = 0;
    int count = 0;
    for (int y = row; y < Math.min(row + shrink, height); y++) {
      for (int x = column; x < Math.min(column + shrink, width); x++) {
        int at = (firstRow + y) * width + x;
        sum += at < values.length ? values[at] : 0;
        count++;
      }
    }
    return (float) (sum / count);
  }
}
