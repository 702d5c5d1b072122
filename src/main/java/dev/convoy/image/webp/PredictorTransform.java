package dev.convoy.image.webp;

import dev.convoy.image.webp.LosslessDecoder.Blocks;

/**
 * Stores pixels less what their neighbours to the left and above let expect, in one of fourteen
 * ways, which a block says. Source: RFC 9649, section 3.5.1.
 *
 * @param modes of the blocks
 * @param storedWidth pixels in a row
 * @param height rows
 */
record PredictorTransform(Blocks modes, int storedWidth, int height) implements LosslessTransform {
  private static final int BLACK = 0xFF000000;

  @Override
  public int[] undo(int[] pixels) {
    pixels[0] = sum(pixels[0], BLACK);
    for (int x = 1; x < storedWidth; x++) {
      pixels[x] = sum(pixels[x], pixels[x - 1]);
    }
    int at = storedWidth;
    for (int y = 1; y < height; y++) {
      pixels[at] = sum(pixels[at], pixels[at - storedWidth]);
      at++;
      for (int x = 1; x < storedWidth; x++) {
        int mode = modes.at(x, y) >> 8 & 15;
        pixels[at] = sum(pixels[at], expected(mode, pixels, at));
        at++;
      }
    }
    return pixels;
  }

  /** Predicts; at the right border, the pixel above to the right is the first of the same row. */
  private int expected(int mode, int[] pixels, int at) {
    int left = pixels[at - 1];
    int above = pixels[at - storedWidth];
    int corner = pixels[at - storedWidth - 1];
    int right = pixels[at - storedWidth + 1];
    return switch (mode) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> right;
      case 4 -> corner;
      case 5 -> mean(mean(left, right), above);
      case 6 -> mean(left, corner);
      case 7 -> mean(left, above);
      case 8 -> mean(corner, above);
      case 9 -> mean(above, right);
      case 10 -> mean(mean(left, corner), mean(above, right));
      case 11 -> nearer(left, above, corner);
      case 12 -> slope(left, above, corner);
      case 13 -> halfSlope(mean(left, above), corner);
      default -> BLACK;
    };
  }

  /** The sum channel by channel, without carries between them. */
  static int sum(int a, int b) {
    int alphaGreen = (a & 0xFF00FF00) + (b & 0xFF00FF00);
    int redBlue = (a & 0x00FF00FF) + (b & 0x00FF00FF);
    return alphaGreen & 0xFF00FF00 | redBlue & 0x00FF00FF;
  }

  /** The mean channel by channel, rounded down. */
  private static int mean(int a, int b) {
    return (((a ^ b) & 0xFEFEFEFE) >>> 1) + (a & b);
  }

  /** The one of two that is nearer to their sum less the corner. */
  private static int nearer(int left, int above, int corner) {
    int fromLeft = 0;
    int fromAbove = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int c = corner >>> shift & 0xFF;
      fromLeft += Math.abs((above >>> shift & 0xFF) - c);
      fromAbove += Math.abs((left >>> shift & 0xFF) - c);
    }
    return fromLeft < fromAbove ? left : above;
  }

  private static int slope(int left, int above, int corner) {
    int all = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int value = (left >>> shift & 0xFF) + (above >>> shift & 0xFF) - (corner >>> shift & 0xFF);
      all |= Math.max(0, Math.min(255, value)) << shift;
    }
    return all;
  }

  private static int halfSlope(int mean, int corner) {
    int all = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int m = mean >>> shift & 0xFF;
      int value = m + (m - (corner >>> shift & 0xFF)) / 2;
      all |= Math.max(0, Math.min(255, value)) << shift;
    }
    return all;
  }
}
