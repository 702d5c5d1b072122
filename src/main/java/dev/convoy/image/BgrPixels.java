package dev.convoy.image;

/** Turns pixels as OpenCV and Spark's {@code image} source have them. */
public final class BgrPixels {
  /** Blue, green, red, and how opaque the pixel is. */
  private static final int WITH_ALPHA = 4;

  private static final int COLOURS = 3;

  private BgrPixels() {}

  /**
   * Returns pixels channel by channel, red first; what is transparent is drawn on a black ground.
   *
   * @param data row by row: grey, or blue, green, red and perhaps alpha side by side
   * @param values of a pixel: 1, 3 or 4
   */
  public static byte[] channelsFirst(byte[] data, int values) {
    if (values == 1) {
      return data;
    }
    int plane = data.length / values;
    byte[] pixels = new byte[COLOURS * plane];
    for (int i = 0; i < plane; i++) {
      int alpha = values == WITH_ALPHA ? data[i * values + COLOURS] & 0xFF : 255;
      for (int c = 0; c < COLOURS; c++) {
        int value = data[i * values + COLOURS - 1 - c] & 0xFF;
        pixels[c * plane + i] = RasterPicture.onBlack(value, alpha);
      }
    }
    return pixels;
  }
}
