package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;

/** Lays matrices out as the kernels read them. */
public final class Packing {
  private static final int PACK = Pack.SIZE;

  private Packing() {}

  /**
   * Packs a matrix {@code [rows, taps]} as {@code [rows/4][taps][4]}; rows beyond the last keep
   * what was there, which nobody reads into a result.
   *
   * @param rowStride from one row to the next
   */
  static void rows(
      float[] matrix,
      int offset,
      int rows,
      int taps,
      int rowStride,
      float[] packed,
      int packedOffset) {
    int full = rows / PACK * PACK;
    for (int row = 0; row < full; row += PACK) {
      fourRows(
          matrix, offset + row * rowStride, taps, rowStride, packed, packedOffset + row * taps);
    }
    for (int row = full; row < rows; row++) {
      int from = offset + row * rowStride;
      int to = packedOffset + full * taps + row % PACK;
      for (int t = 0; t < taps; t++) {
        packed[to + t * PACK] = matrix[from + t];
      }
    }
  }

  private static void fourRows(
      float[] matrix, int from, int taps, int rowStride, float[] packed, int to) {
    int second = from + rowStride;
    int third = second + rowStride;
    int fourth = third + rowStride;
    for (int t = 0; t < taps; t++) {
      int at = to + t * PACK;
      packed[at] = matrix[from + t];
      packed[at + 1] = matrix[second + t];
      packed[at + 2] = matrix[third + t];
      packed[at + 3] = matrix[fourth + t];
    }
  }

  /**
   * Copies planes into the middle of larger planes, whose border keeps its zeros.
   *
   * @param paddedOffset where the first larger plane starts
   * @param top rows above, {@code left} columns before, in planes of {@code paddedHeight} by {@code
   *     paddedWidth}
   */
  public static void pad(
      float[] source,
      int sourceOffset,
      int planes,
      int height,
      int width,
      float[] padded,
      int paddedOffset,
      int top,
      int left,
      int paddedHeight,
      int paddedWidth) {
    int length = width * Lanes.WIDTH;
    for (int plane = 0; plane < planes; plane++) {
      int from = sourceOffset + plane * height * length;
      int pixel = (plane * paddedHeight + top) * paddedWidth + left;
      int to = paddedOffset + pixel * Lanes.WIDTH;
      for (int row = 0; row < height; row++) {
        System.arraycopy(
            source, from + row * length, padded, to + row * paddedWidth * Lanes.WIDTH, length);
      }
    }
  }
}
