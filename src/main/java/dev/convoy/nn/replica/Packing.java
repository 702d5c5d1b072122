package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;

/** Lays matrices out as the kernels read them. */
final class Packing {
  private static final int PACK = Kernels.PACK;

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

  /** Packs the transpose of a matrix {@code [taps, filters]} as {@code [filters/4][taps][4]}. */
  static void columns(
      float[] matrix, int offset, int taps, int filters, float[] packed, int packedOffset) {
    int full = filters / PACK * PACK;
    for (int t = 0; t < taps; t++) {
      int from = offset + t * filters;
      int to = packedOffset + t * PACK;
      for (int f = 0; f < full; f += PACK) {
        packed[to] = matrix[from + f];
        packed[to + 1] = matrix[from + f + 1];
        packed[to + 2] = matrix[from + f + 2];
        packed[to + 3] = matrix[from + f + 3];
        to += taps * PACK;
      }
      for (int f = full; f < filters; f++) {
        packed[to + f - full] = matrix[from + f];
      }
    }
  }

  /** Packs {@code [blocks][rows][16]} as {@code [rows/4][images][4]}. */
  static void lanes(float[] batch, int blocks, int rows, float[] packed) {
    int images = blocks * Lanes.WIDTH;
    for (int block = 0; block < blocks; block++) {
      for (int row = 0; row < rows; row++) {
        int from = (block * rows + row) * Lanes.WIDTH;
        int to = (row / PACK * images + block * Lanes.WIDTH) * PACK + row % PACK;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          packed[to + lane * PACK] = batch[from + lane];
        }
      }
    }
  }

  /**
   * Turns {@code [blocks][features][16]} into {@code [images][rowLength]}; the rest of a row keeps
   * what was there.
   */
  static void turn(
      Kernels kernels, float[] batch, int blocks, int features, float[] turned, int rowLength) {
    int full = features / Lanes.WIDTH * Lanes.WIDTH;
    for (int block = 0; block < blocks; block++) {
      int from = block * features * Lanes.WIDTH;
      int to = block * Lanes.WIDTH * rowLength;
      for (int f = 0; f < full; f += Lanes.WIDTH) {
        kernels.swapLanes(batch, from + f * Lanes.WIDTH, Lanes.WIDTH, 1, turned, to + f, rowLength);
      }
      for (int f = full; f < features; f++) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          turned[to + lane * rowLength + f] = batch[from + f * Lanes.WIDTH + lane];
        }
      }
    }
  }

  /**
   * Copies planes into the middle of larger planes, whose border keeps its zeros.
   *
   * @param top rows above, {@code left} columns before, in planes of {@code paddedHeight} by {@code
   *     paddedWidth}
   */
  static void pad(
      float[] source,
      int sourceOffset,
      int planes,
      int height,
      int width,
      float[] padded,
      int top,
      int left,
      int paddedHeight,
      int paddedWidth) {
    int length = width * Lanes.WIDTH;
    for (int plane = 0; plane < planes; plane++) {
      int from = sourceOffset + plane * height * length;
      int to = ((plane * paddedHeight + top) * paddedWidth + left) * Lanes.WIDTH;
      for (int row = 0; row < height; row++) {
        System.arraycopy(
            source, from + row * length, padded, to + row * paddedWidth * Lanes.WIDTH, length);
      }
    }
  }
}
