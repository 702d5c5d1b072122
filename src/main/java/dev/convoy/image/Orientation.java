package dev.convoy.image;

import dev.convoy.tensor.Shape;

/**
 * Says how a camera was held, as EXIF numbers it: which corner of the stored picture is seen at the
 * top left, and whether rows are seen as columns. Source: CIPA DC-008, tag Orientation (274).
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  UPSIDE_DOWN_MIRRORED,
  TRANSPOSED,
  TURNED_RIGHT,
  TRANSVERSED,
  TURNED_LEFT;

  /** The orientation of this number; upright if there is none such. */
  static Orientation of(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
  }

  /** Whether width and height change places. */
  boolean swapsSides() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /** The picture as it is meant to be seen. */
  Picture apply(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = stored.shape().width();
    int height = stored.shape().height();
    Shape shape =
        swapsSides() ? Shape.of(stored.shape().channels(), width, height) : stored.shape();
    byte[] pixels = new byte[shape.size()];
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          pixels[at++] = stored.pixels()[c * width * height + source(x, y, width, height)];
        }
      }
    }
    return new Picture(shape, pixels);
  }

  /** Returns where the pixel seen at x, y is stored. */
  private int source(int x, int y, int width, int height) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (this) {
      case UPRIGHT -> y * width + x;
      case MIRRORED -> y * width + right - x;
      case UPSIDE_DOWN -> (bottom - y) * width + right - x;
      case UPSIDE_DOWN_MIRRORED -> (bottom - y) * width + x;
      case TRANSPOSED -> x * width + y;
      case TURNED_RIGHT -> (bottom - x) * width + y;
      case TRANSVERSED -> (bottom - x) * width + right - y;
      case TURNED_LEFT -> x * width + right - y;
    };
  }
}
