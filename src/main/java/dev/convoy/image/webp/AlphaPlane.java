package dev.convoy.image.webp;

import java.io.EOFException;
import java.io.IOException;

/**
 * Decodes the alpha of a lossy frame: bytes as they are, or the green of a lossless picture, each
 * the difference from what its neighbours let expect. Source: RFC 9649, section 2.7.1.2.
 */
final class AlphaPlane {
  private static final int HORIZONTAL = 1;
  private static final int VERTICAL = 2;
  private static final int GRADIENT = 3;

  private AlphaPlane() {}

  /** Opacity {@code [height, width]}. */
  static byte[] decode(Chunk chunk, int width, int height) throws IOException {
    int header = chunk.withAtLeast(1).number(0, 1);
    byte[] alpha =
        switch (header & 3) {
          case 0 -> plain(chunk, width * height);
          case 1 -> compressed(chunk, width, height);
          default -> throw new IOException("its alpha is stored in an unknown way");
        };
    int filter = header >> 2 & 3;
    if (filter != 0) {
      undo(alpha, width, filter);
    }
    return alpha;
  }

  private static byte[] plain(Chunk chunk, int size) throws IOException {
    if (chunk.length() - 1 < size) {
      throw new EOFException("its alpha is cut off");
    }
    byte[] alpha = new byte[size];
    System.arraycopy(chunk.file(), chunk.start() + 1, alpha, 0, size);
    return alpha;
  }

  private static byte[] compressed(Chunk chunk, int width, int height) throws IOException {
    BitReader bits = new BitReader(chunk.file(), chunk.start() + 1, chunk.end());
    int[] pixels = LosslessDecoder.decode(bits, width, height);
    byte[] alpha = new byte[pixels.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (byte) (pixels[i] >> 8);
    }
    return alpha;
  }

  /** The first row is expected to be like its left neighbour, whatever the filter. */
  private static void undo(byte[] alpha, int width, int filter) {
    for (int i = 1; i < alpha.length; i++) {
      boolean first = i % width == 0;
      int expected;
      if (i < width) {
        expected = alpha[i - 1];
      } else if (first || filter == VERTICAL) {
        expected = alpha[i - width];
      } else if (filter == HORIZONTAL) {
        expected = alpha[i - 1];
      } else {
        assert filter == GRADIENT;
        int left = alpha[i - 1] & 0xFF;
        int above = alpha[i - width] & 0xFF;
        int corner = alpha[i - width - 1] & 0xFF;
        expected = Math.max(0, Math.min(255, left + above - corner));
      }
      alpha[i] = (byte) (alpha[i] + expected);
    }
  }
}
