package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Makes pictures of what ImageIO decoded: grey ones keep one channel, all others have three. Values
 * are taken as the file has them, without a change of gamma or by a colour profile, and brought to
 * 8 bits by rounding. What is transparent is drawn on a black ground.
 */
final class RasterPicture {
  private RasterPicture() {}

  static Picture of(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    // Pictures with a palette, grey ones too, are not grey: their colours are RGB.
    boolean isGrey = colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    Shape shape = Shape.of(isGrey ? 1 : 3, image.getHeight(), image.getWidth());
    byte[] pixels = new byte[shape.size()];
    if ((isGrey || isPlainRgb(colours)) && hasPlainBytes(image.getRaster(), colours)) {
      copyBytes(image.getRaster(), shape, pixels);
    } else if (isGrey || isPlainRgb(colours)) {
      copySamples(image.getRaster(), colours, shape, pixels);
    } else {
      copyColours(image, shape, pixels);
    }
    return new Picture(shape, pixels);
  }

  /** Whether samples are red, green, blue and perhaps alpha. */
  private static boolean isPlainRgb(ColorModel colours) {
    return colours instanceof ComponentColorModel
        && colours.getColorSpace().getType() == ColorSpace.TYPE_RGB
        && !colours.isAlphaPremultiplied();
  }

  /** Whether samples are bytes of one array that can be taken as they are. */
  private static boolean hasPlainBytes(Raster raster, ColorModel colours) {
    if (colours.hasAlpha()
        || !(raster.getSampleModel() instanceof ComponentSampleModel)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || buffer.getNumBanks() != 1) {
      return false;
    }
    return Arrays.stream(raster.getSampleModel().getSampleSize()).allMatch(bits -> bits == 8);
  }

  private static void copyBytes(Raster raster, Shape shape, byte[] pixels) {
    ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    byte[] data = buffer.getData();
    int step = model.getPixelStride();
    int left = raster.getMinX() - raster.getSampleModelTranslateX();
    int top = raster.getMinY() - raster.getSampleModelTranslateY();
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        int from = buffer.getOffset() + model.getOffset(left, top + y, c);
        for (int x = 0; x < shape.width(); x++) {
          pixels[at++] = data[from + x * step];
        }
      }
    }
  }

  private static void copySamples(Raster raster, ColorModel colours, Shape shape, byte[] pixels) {
    int bands = raster.getNumBands();
    int plane = shape.height() * shape.width();
    int[] most = new int[bands];
    for (int band = 0; band < bands; band++) {
      most[band] = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
    }
    int alphaBand = colours.hasAlpha() ? bands - 1 : -1;
    int[] row = new int[shape.width() * bands];
    for (int y = 0; y < shape.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, shape.width(), 1, row);
      for (int x = 0; x < shape.width(); x++) {
        int from = x * bands;
        int alpha = alphaBand < 0 ? 255 : eightBits(row[from + alphaBand], most[alphaBand]);
        for (int c = 0; c < shape.channels(); c++) {
          int value = eightBits(row[from + c], most[c]);
          pixels[c * plane + y * shape.width() + x] = onBlack(value, alpha);
        }
      }
    }
  }

  private static void copyColours(BufferedImage image, Shape shape, byte[] pixels) {
    int plane = shape.height() * shape.width();
    int[] row = new int[shape.width()];
    for (int y = 0; y < shape.height(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++) {
        int at = y * row.length + x;
        int alpha = row[x] >>> 24;
        pixels[at] = onBlack(row[x] >>> 16 & 0xFF, alpha);
        pixels[plane + at] = onBlack(row[x] >>> 8 & 0xFF, alpha);
        pixels[2 * plane + at] = onBlack(row[x] & 0xFF, alpha);
      }
    }
  }

  /** A sample of up to 16 bits as one of 8. */
  private static int eightBits(int value, int most) {
    return most == 255 ? value : (value * 255 + most / 2) / most;
  }

  private static byte onBlack(int value, int alpha) {
    return (byte) (alpha == 255 ? value : (value * alpha + 127) / 255);
  }
}
