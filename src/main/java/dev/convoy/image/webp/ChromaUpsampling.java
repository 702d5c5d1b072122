package dev.convoy.image.webp;

import dev.convoy.image.webp.Planes.Bordered;

/**
 * Makes red, green and blue of brightness and colour, by whole numbers, as libwebp does. A pixel's
 * colour is that of the four nearest chroma values, 9, 3, 3 and 1 of 16. Source: ITU-R BT.601 with
 * its narrow range, as RFC 9649, section 2.5, says.
 */
final class ChromaUpsampling {
  private final Planes planes;
  private final int width;
  private final int height;

  private ChromaUpsampling(Planes planes, int width, int height) {
    this.planes = planes;
    this.width = width;
    this.height = height;
  }

  /** Red, green and blue, {@code [3, height, width]}. */
  static byte[] colours(Planes planes, int width, int height) {
    return new ChromaUpsampling(planes, width, height).colours();
  }

  private byte[] colours() {
    int size = width * height;
    byte[] colours = new byte[3 * size];
    int[] blue = new int[width];
    int[] red = new int[width];
    for (int y = 0; y < height; y++) {
      upsample(planes.blue(), y, blue);
      upsample(planes.red(), y, red);
      int from = planes.luma().at(0, y);
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int light = (planes.luma().values()[from + x] & 0xFF) * 19077 >> 8;
        colours[at] = clamp(light + (red[x] * 26149 >> 8) - 14234);
        colours[size + at] = clamp(light - (blue[x] * 6419 >> 8) - (red[x] * 13320 >> 8) + 8708);
        colours[2 * size + at] = clamp(light + (blue[x] * 33050 >> 8) - 17685);
      }
    }
    return colours;
  }

  /** A row of chroma values, one a pixel. */
  private void upsample(Bordered plane, int y, int[] target) {
    byte[] values = plane.values();
    int lastRow = (height - 1) / 2;
    int lastColumn = (width - 1) / 2;
    int near = plane.at(0, y / 2);
    int far = plane.at(0, Math.max(0, Math.min(lastRow, y / 2 + (y % 2 == 0 ? -1 : 1))));
    for (int x = 0; x < width; x++) {
      int column = x / 2;
      int beside = Math.max(0, Math.min(lastColumn, column + (x % 2 == 0 ? -1 : 1)));
      int sum =
          9 * (values[near + column] & 0xFF)
              + 3 * (values[near + beside] & 0xFF)
              + 3 * (values[far + column] & 0xFF)
              + (values[far + beside] & 0xFF);
      target[x] = sum + 8 >> 4;
    }
  }

  /** A value of 8 bits out of one that has 6 bits more. */
  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
