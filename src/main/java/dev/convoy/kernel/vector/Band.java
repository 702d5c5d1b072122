package dev.convoy.kernel.vector;

import dev.convoy.kernel.Lanes;
import java.util.Arrays;

/**
 * A copy of a few rows of a plane, or of a part of them, with zeros where they reach beyond it. It
 * is read in order, as memory likes it, and small enough to stay in the nearest cache.
 */
final class Band {
  private float[] values = new float[0];

  /** What {@link #cut} copied, row after row. */
  float[] values() {
    return values;
  }

  /**
   * Copies rows {@code top} to {@code top + rows} of a plane {@code [height][width][16]}.
   *
   * @param left the first column
   * @param length floats of a row of the copy
   */
  void cut(
      float[] plane, int offset, int height, int width, int top, int left, int rows, int length) {
    reserve(rows * length);
    int before = Math.max(0, -left) * Lanes.WIDTH;
    int end = Math.min(length, (width - left) * Lanes.WIDTH);
    for (int i = 0; i < rows; i++) {
      int to = i * length;
      int y = top + i;
      if (y < 0 || y >= height) {
        Arrays.fill(values, to, to + length, 0);
        continue;
      }
      int from = offset + (y * width + left) * Lanes.WIDTH;
      Arrays.fill(values, to, to + before, 0);
      System.arraycopy(plane, from + before, values, to + before, end - before);
      Arrays.fill(values, to + end, to + length, 0);
    }
  }

  /** Makes room for so many floats and returns it. */
  float[] reserve(int size) {
    if (values.length < size) {
      values = new float[size];
    }
    return values;
  }

  /** Copies rows of {@code length} floats back into a plane; what reaches beyond it is dropped. */
  void paste(
      float[] plane, int offset, int height, int width, int top, int left, int rows, int length) {
    int used = Math.min(length, (width - left) * Lanes.WIDTH);
    for (int i = 0; i < Math.min(rows, height - top); i++) {
      int to = offset + ((top + i) * width + left) * Lanes.WIDTH;
      System.arraycopy(values, i * length, plane, to, used);
    }
  }
}
