package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG pictures, by the JDK's own ImageIO, into bytes {@code [C, H, W]}: grey for
 * one channel, by {@code 0.2989 R + 0.5870 G + 0.1140 B}, or red, green and blue for three. What is
 * transparent shows black, as if drawn on a black ground.
 */
public final class ImageDecoder {
  private static final List<String> FORMATS = List.of("png", "jpeg");

  /** How ImageIO's warnings begin after which a JPEG picture is guessed in part. */
  private static final List<String> DAMAGE = List.of("Truncated File", "Corrupt JPEG data");

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
    return read(
        in, name, (width, height) -> checkSize(width, height, name), image -> pixels(image, shape));
  }

  /**
   * Decodes a picture of any size up to {@link Picture#MAX_PIXELS}, into one channel if it is grey
   * and else into three.
   *
   * @param name of the file, for errors
   * @throws DataException if it is no whole PNG or JPEG picture, or too large
   */
  public static Picture decodePicture(InputStream in, String name) {
    return read(
        in,
        name,
        (width, height) -> Picture.checkSize(width, height, name + ":"),
        image -> {
          int channels = isGrey(image.getColorModel()) ? 1 : 3;
          Shape shape = Shape.of(channels, image.getHeight(), image.getWidth());
          return new Picture(shape, pixels(image, shape));
        });
  }

  /** Refuses a picture by what its header says. */
  private interface SizeCheck {
    void check(int width, int height);
  }

  private static <T> T read(
      InputStream in, String name, SizeCheck size, Function<BufferedImage, T> content) {
    // ImageIO's default cache would write a temporary file for every picture.
    try (ImageInputStream images = new MemoryCacheImageInputStream(in)) {
      ImageReader reader = reader(images, name);
      try {
        reader.addIIOReadWarningListener((source, warning) -> refuseDamage(warning, name));
        reader.setInput(images, true, true);
        size.check(reader.getWidth(0), reader.getHeight(0));
        return content.apply(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers mostly answer damage with IIOException, but nothing binds them to.
      throw damaged(name, e.getMessage(), e);
    }
  }

  private static ImageReader reader(ImageInputStream images, String name) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(images);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new DataException(name + ": must be a PNG or JPEG picture, but is not");
  }

  private static void refuseDamage(String warning, String name) {
    if (DAMAGE.stream().anyMatch(warning::startsWith)) {
      throw damaged(name, warning, null);
    }
  }

  private static DataException damaged(String name, String why, Exception cause) {
    return new DataException(
        name + ": must be a whole PNG or JPEG picture, but is damaged: " + why, cause);
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

  private static byte[] pixels(BufferedImage image, Shape shape) {
    byte[] pixels = new byte[shape.size()];
    boolean isGrey = isGrey(image.getColorModel());
    int plane = shape.height() * shape.width();
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int at = y * shape.width() + x;
        int argb = isGrey ? greyAsArgb(image.getRaster(), x, y) : image.getRGB(x, y);
        if (shape.channels() == 1) {
          pixels[at] = (byte) grey(argb);
        } else {
          pixels[at] = (byte) channel(argb, 16);
          pixels[plane + at] = (byte) channel(argb, 8);
          pixels[2 * plane + at] = (byte) channel(argb, 0);
        }
      }
    }
    return pixels;
  }

  /** Pictures with a palette, grey ones too, are not: their colours are RGB. */
  private static boolean isGrey(ColorModel colours) {
    return colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** Grey values are taken as they are: {@code getRGB} would change their gamma. */
  private static int greyAsArgb(Raster raster, int x, int y) {
    int value = sample(raster, x, y, 0);
    int alpha = raster.getNumBands() == 2 ? sample(raster, x, y, 1) : 255;
    return alpha << 24 | value << 16 | value << 8 | value;
  }

  /** A sample of up to 16 bits as one of 8. */
  private static int sample(Raster raster, int x, int y, int band) {
    int most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
    return (raster.getSample(x, y, band) * 255 + most / 2) / most;
  }

  private static long grey(int argb) {
    return Math.round(Luminance.of(channel(argb, 16), channel(argb, 8), channel(argb, 0)));
  }

  private static int channel(int argb, int shift) {
    int value = argb >>> shift & 0xFF;
    int alpha = argb >>> 24;
    return (value * alpha + 127) / 255;
  }
}
