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
  /** Pixels that are taken at a time: a row may be as long as a picture has pixels. */
  private static final int PART = 1 << 14;

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

  /**
   * Makes those pixels black that are transparent, since they have these samples.
   *
   * @param picture which is changed
   * @param raster that it was made of
   */
  static void blacken(Picture picture, Raster raster, int[] samples) {
    int bands = Math.min(samples.length, raster.getNumBands());
    int plane = raster.getHeight() * raster.getWidth();
    for (int i = 0; i < plane; i++) {
      int x = raster.getMinX() + i % raster.getWidth();
      int y = raster.getMinY() + i / raster.getWidth();
      boolean isTransparent = true;
      for (int band = 0; band < bands; band++) {
        isTransparent &= raster.getSample(x, y, band) == samples[band];
      }
      if (isTransparent) {
        for (int c = 0; c < picture.shape().channels(); c++) {
          picture.pixels()[c * plane + i] = 0;
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
    int[] part = new int[Math.min(PART, shape.width()) * bands];
    for (int at = 0; at < plane; ) {
      int x = at % shape.width();
      int length = Math.min(PART, shape.width() - x);
      int y = raster.getMinY() + at / shape.width();
      raster.getPixels(raster.getMinX() + x, y, length, 1, part);
      for (int i = 0; i < length; i++, at++) {
        int from = i * bands;
        int alpha = alphaBand < 0 ? 255 : eightBits(part[from + alphaBand], most[alphaBand]);
        for (int c = 0; c < shape.channels(); c++) {
          pixels[c * plane + at] = onBlack(eightBits(part[from + c], most[c]), alpha);
        }
      }
    }
  }

  private static void copyColours(BufferedImage image, Shape shape, byte[] pixels) {
    int plane = shape.height() * shape.width();
    int[] part = new int[Math.min(PART, shape.width())];
    for (int at = 0; at < plane; ) {
      int x = at % shape.width();
      int length = Math.min(PART, shape.width() - x);
      image.getRGB(x, at / shape.width(), length, 1, part, 0, length);
      for (int i = 0; i < length; i++, at++) {
        int alpha = part[i] >>> 24;
        pixels[at] = onBlack(part[i] >>> 16 & 0xFF, alpha);
        pixels[plane + at] = onBlack(part[i] >>> 8 & 0xFF, alpha);
        pixels[2 * plane + at] = onBlack(part[i] & 0xFF, alpha);
      }
    }
  }

  /** A sample of up to 16 bits as one of 8. */
  private static int eightBits(int value, int most) {
    return most == 255 ? value : (value * 255 + most / 2) / most;
  }

  static byte onBlack(int value, int alpha) {
    return (byte) (alpha == 255 ? value : (value * alpha + 127) / 255);
  }
}
