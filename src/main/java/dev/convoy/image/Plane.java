package dev.convoy.image;

/**
 * One number a pixel: a channel of a picture, its grey values, or what a filter made of them. Rows
 * are computed when they are read, so that a picture of any size takes the memory of its bytes.
 */
public interface Plane {
  /** Rows. */
  int height();

  /** Columns. */
  int width();

  /**
   * Reads a row.
   *
   * @param y its number, from 0 at the top
   * @param target gets the row from {@code offset} on
   */
  void row(int y, double[] target, int offset);

  /** All values {@code [H, W]}, row by row. */
  default double[] values() {
    double[] values = new double[Math.multiplyExact(height(), width())];
    for (int y = 0; y < height(); y++) {
      row(y, values, y * width());
    }
    return values;
  }

  /** A plane of these values, row by row; they are copied. */
  static Plane of(int height, int width, double... values) {
    if (values.length != (long) height * width) {
      throw new IllegalArgumentException(
          "Plane of " + height + "x" + width + " can't hold " + values.length + " values");
    }
    return new ArrayPlane(height, width, values.clone());
  }
}
