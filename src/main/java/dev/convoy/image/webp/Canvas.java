package dev.convoy.image.webp;

import org.jspecify.annotations.Nullable;

/**
 * Colours of a frame, and how opaque they are.
 *
 * @param width columns
 * @param height rows
 * @param colours red, green and blue, {@code [3, height, width]}
 * @param opacity {@code [height, width]}, 255 of what is opaque; absent where all is
 */
record Canvas(int width, int height, byte[] colours, byte @Nullable [] opacity) {
  /** The canvas of pixels that hold alpha, red, green and blue, from their highest bits down. */
  static Canvas of(int[] pixels, int width, int height, boolean hasAlpha) {
    int size = width * height;
    byte[] colours = new byte[3 * size];
    byte[] opacity = hasAlpha ? new byte[size] : null;
    for (int i = 0; i < size; i++) {
      int pixel = pixels[i];
      colours[i] = (byte) (pixel >> 16);
      colours[size + i] = (byte) (pixel >> 8);
      colours[2 * size + i] = (byte) pixel;
      if (opacity != null) {
        opacity[i] = (byte) (pixel >>> 24);
      }
    }
    return new Canvas(width, height, colours, opacity);
  }

  /** Draws it on black of another size, at a place where it fits. */
  byte[] on(int groundWidth, int groundHeight, int left, int top) {
    drawOnBlack();
    if (groundWidth == width && groundHeight == height) {
      return colours;
    }
    byte[] ground = new byte[3 * groundWidth * groundHeight];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        int to = (c * groundHeight + top + y) * groundWidth + left;
        System.arraycopy(colours, (c * height + y) * width, ground, to, width);
      }
    }
    return ground;
  }

  private void drawOnBlack() {
    if (opacity == null) {
      return;
    }
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < opacity.length; i++) {
        int at = c * opacity.length + i;
        colours[at] = (byte) (((colours[at] & 0xFF) * (opacity[i] & 0xFF) + 127) / 255);
      }
    }
  }
}
