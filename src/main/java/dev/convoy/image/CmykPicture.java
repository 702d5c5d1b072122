package dev.convoy.image;

import dev.convoy.image.container.JpegFile;
import dev.convoy.tensor.Shape;
import java.awt.image.Raster;

/**
 * Makes colour pictures of the four components of CMYK and YCCK JPEG files: each of red, green and
 * blue is {@code (255 - ink) (255 - black) / 255}, rounded, without a colour profile. Adobe's
 * programs store inks inverted. YCCK is turned into CMY by the formula of JFIF first. Source: Adobe
 * Technical Note 5116.
 */
final class CmykPicture {
  private CmykPicture() {}

  /**
   * The picture.
   *
   * @param raster of components as they are stored
   */
  static Picture of(Raster raster, JpegFile header) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    Shape shape = Shape.of(3, height, width);
    byte[] pixels = new byte[shape.size()];
    int plane = width * height;
    int[] row = new int[width * 4];
    int[] light = new int[3];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * 4;
        int black = row[at + 3];
        if (header.transformed()) {
          lightOfYcc(row[at], row[at + 1], row[at + 2], light);
        } else {
          for (int c = 0; c < 3; c++) {
            light[c] = header.adobe() ? row[at + c] : 255 - row[at + c];
          }
        }
        int rest = header.adobe() ? black : 255 - black;
        for (int c = 0; c < 3; c++) {
          pixels[c * plane + y * width + x] = (byte) ((light[c] * rest + 127) / 255);
        }
      }
    }
    return new Picture(shape, pixels);
  }

  /**
   * YCCK stores 255 less what CMYK would store, as luminance and chrominance; inks being inverted,
   * CMYK would store the light that they let through.
   */
  private static void lightOfYcc(int y, int cb, int cr, int[] light) {
    light[0] = 255 - clamp(y + 1.402 * (cr - 128));
    light[1] = 255 - clamp(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128));
    light[2] = 255 - clamp(y + 1.772 * (cb - 128));
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
