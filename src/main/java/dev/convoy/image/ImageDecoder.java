package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG pictures, by the JDK's own ImageIO, into bytes {@code [C, H, W]}: grey for
 * one channel, by {@code 0.2989 R + 0.5870 G + 0.1140 B}, or red, green and blue for three. What is
 * transparent shows black.
 */
public final class ImageDecoder {
  private final Shape shape;

  /**
   * For pictures of this shape.
   *
   * @throws IllegalArgumentException unless it has one or three channels
   */
  public ImageDecoder(Shape shape) {
    if (!shape.isImage() || shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "Pictures are decoded to [1, H, W] or [3, H, W], but the network takes " + shape);
    }
    this.shape = shape;
  }

  /**
   * Decodes a picture. Its size is checked before its pixels are read.
   *
   * @param name of the file, for errors
   * @throws DataException if it is no whole PNG or JPEG picture, or of another size
   */
  public byte[] decode(InputStream in, String name) {
    // ImageIO's default cache would write a temporary file for every picture.
    try (ImageInputStream images = new MemoryCacheImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(images);
      if (!readers.hasNext()) {
        throw new DataException(name + ": must be a PNG or JPEG picture, but is not");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(images, true, true);
        checkSize(reader.getWidth(0), reader.getHeight(0), name);
        return pixels(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // Readers answer damaged pictures with any of these.
      throw new DataException(
          name + ": must be a whole PNG or JPEG picture, but is damaged: " + e.getMessage(), e);
    }
  }

  private void checkSize(int width, int height, String name) {
    if (width != shape.width() || height != shape.height()) {
      throw new DataException(
          name
              + ": must be "
              + shape.width()
              + " pixels wide and "
              + shape.height()
              + " high, as the network takes, but is "
              + width
              + " by "
              + height);
    }
  }

  private byte[] pixels(BufferedImage image) {
    byte[] pixels = new byte[shape.size()];
    int plane = shape.height() * shape.width();
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int at = y * shape.width() + x;
        int argb = image.getRGB(x, y);
        if (shape.channels() == 1) {
          pixels[at] = (byte) (isGrey(image) ? image.getRaster().getSample(x, y, 0) : grey(argb));
        } else {
          pixels[at] = (byte) channel(argb, 16);
          pixels[plane + at] = (byte) channel(argb, 8);
          pixels[2 * plane + at] = (byte) channel(argb, 0);
        }
      }
    }
    return pixels;
  }

  /** Grey values are taken as they are: by way of RGB, Java would change their gamma. */
  private static boolean isGrey(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_BYTE_GRAY;
  }

  private static long grey(int argb) {
    return Math.round(
        0.2989 * channel(argb, 16) + 0.5870 * channel(argb, 8) + 0.1140 * channel(argb, 0));
  }

  private static int channel(int argb, int shift) {
    int value = argb >>> shift & 0xFF;
    int alpha = argb >>> 24;
    return (value * alpha + 127) / 255;
  }
}
