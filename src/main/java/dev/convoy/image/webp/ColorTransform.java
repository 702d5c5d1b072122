package dev.convoy.image.webp;

import dev.convoy.image.webp.LosslessDecoder.Blocks;

/**
 * Stores red less a share of green, and blue less shares of green and red; the shares are those of
 * a block. Source: RFC 9649, section 3.5.2.
 *
 * @param shares of green in red, of green in blue, and of red in blue, from the lowest byte up, in
 *     1/32
 * @param storedWidth pixels in a row
 * @param height rows
 */
record ColorTransform(Blocks shares, int storedWidth, int height) implements LosslessTransform {
  @Override
  public int[] undo(int[] stored) {
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < storedWidth; x++) {
        int share = shares.at(x, y);
        int pixel = stored[at];
        byte green = (byte) (pixel >> 8);
        int red = (pixel >> 16) + ((byte) share * green >> 5) & 0xFF;
        int blue = pixel + ((byte) (share >> 8) * green >> 5);
        blue = blue + ((byte) (share >> 16) * (byte) red >> 5) & 0xFF;
        stored[at++] = pixel & 0xFF00FF00 | red << 16 | blue;
      }
    }
    return stored;
  }
}
