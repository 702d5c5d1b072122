package dev.convoy.image.webp;

import java.io.IOException;

/**
 * Stores numbers of colours, several in a pixel where there are few colours. Source: RFC 9649,
 * section 3.5.4.
 *
 * @param colours by number
 * @param bits logarithm of the pixels that are stored in one
 * @param width of the picture in pixels
 * @param height rows
 */
record PaletteTransform(int[] colours, int bits, int width, int height)
    implements LosslessTransform {
  static PaletteTransform read(BitReader in, int width, int height) throws IOException {
    int size = 1 + in.read(8);
    int[] colours = EntropyCode.pixels(in, size, 1, false);
    // Each is stored less the one before it, channel by channel.
    for (int i = 1; i < size; i++) {
      colours[i] = PredictorTransform.sum(colours[i], colours[i - 1]);
    }
    int bits = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
    return new PaletteTransform(colours, bits, width, height);
  }

  @Override
  public int storedWidth() {
    return LosslessDecoder.parts(width, bits);
  }

  @Override
  public int[] undo(int[] stored) {
    int[] pixels = bits == 0 ? stored : new int[width * height];
    int indexBits = Byte.SIZE >> bits;
    int mask = (1 << indexBits) - 1;
    int inOne = (1 << bits) - 1;
    int row = storedWidth();
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int packed = stored[y * row + (x >> bits)] >> 8 & 0xFF;
        int index = packed >> (x & inOne) * indexBits & mask;
        pixels[at++] = index < colours.length ? colours[index] : 0;
      }
    }
    return pixels;
  }
}
