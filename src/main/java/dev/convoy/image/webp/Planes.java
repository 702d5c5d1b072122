package dev.convoy.image.webp;

import java.util.Arrays;

/**
 * Holds brightness and colour of a frame of whole blocks, with what stands for pixels around it: a
 * row above of 127, and a column at the left of 129.
 *
 * @param columns of blocks of 16 by 16 pixels
 * @param rows of such blocks
 * @param luma brightness
 * @param blue chroma of blue, half as wide and high
 * @param red chroma of red
 */
record Planes(int columns, int rows, Bordered luma, Bordered blue, Bordered red) {
  static Planes of(int columns, int rows) {
    return new Planes(
        columns,
        rows,
        Bordered.of(16 * columns, 16 * rows),
        Bordered.of(8 * columns, 8 * rows),
        Bordered.of(8 * columns, 8 * rows));
  }

  /**
   * Values of one kind.
   *
   * @param values row by row, a border above and at the left included
   * @param stride values in a row
   */
  record Bordered(byte[] values, int stride) {
    static Bordered of(int width, int height) {
      // Predictions of a block look at four values beyond the right border of the row above.
      int stride = width + 5;
      byte[] values = new byte[stride * (height + 1)];
      Arrays.fill(values, 0, stride, (byte) 127);
      for (int y = 1; y <= height; y++) {
        values[y * stride] = (byte) 129;
      }
      return new Bordered(values, stride);
    }

    /** Where the value of this column and row stands, counted from 0 without the border. */
    int at(int x, int y) {
      return (y + 1) * stride + x + 1;
    }
  }
}
