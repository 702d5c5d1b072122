package dev.convoy.image.augment;

import dev.convoy.tensor.Shape;

/**
 * Brings parts of images to the whole's size by linear interpolation between the middles of pixels;
 * at a part's edge its last pixels go on. One thread owns it; it allocates nothing.
 */
final class Enlargement {
  private final Shape shape;

  /**
   * The pixel on the left of each column of the result, counted in the part, and how far on the
   * column lies.
   */
  private final int[] columns;

  private final float[] shares;

  Enlargement(Shape shape) {
    this.shape = shape;
    this.columns = new int[shape.width()];
    this.shares = new float[shape.width()];
  }

  /** Enlarges the part of {@code height} rows from {@code top} on, and columns likewise. */
  void apply(
      byte[] from, int offset, byte[] to, int toOffset, int top, int left, int height, int width) {
    for (int x = 0; x < shape.width(); x++) {
      float source = source(x, width, shape.width());
      columns[x] = left + (int) source;
      shares[x] = source - (int) source;
    }
    int last = left + width - 1;
    for (int y = 0; y < shape.height(); y++) {
      float source = source(y, height, shape.height());
      int above = (int) source;
      int below = Math.min(height - 1, above + 1);
      for (int c = 0; c < shape.channels(); c++) {
        int plane = offset + c * shape.height() * shape.width();
        row(
            from,
            plane + (top + above) * shape.width(),
            plane + (top + below) * shape.width(),
            source - above,
            last,
            to,
            toOffset + (c * shape.height() + y) * shape.width());
      }
    }
  }

  /**
   * Returns where the middle of a pixel of the result lies among the middles of a part's pixels.
   */
  private static float source(int pixel, int part, int whole) {
    float source = (pixel + 0.5f) * part / whole - 0.5f;
    return Math.max(0, Math.min(part - 1, source));
  }

  private void row(byte[] from, int above, int below, float down, int last, byte[] to, int at) {
    for (int x = 0; x < columns.length; x++) {
      int left = columns[x];
      int right = Math.min(last, left + 1);
      float share = shares[x];
      float first = between(from[above + left] & 0xFF, from[above + right] & 0xFF, share);
      float second = between(from[below + left] & 0xFF, from[below + right] & 0xFF, share);
      to[at + x] = (byte) (between(first, second, down) + 0.5f);
    }
  }

  private static float between(float a, float b, float share) {
    return a + (b - a) * share;
  }
}
