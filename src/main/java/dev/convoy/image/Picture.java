package dev.convoy.image;

import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of any size, grey or in colour, 8 bits a channel.
 *
 * @param shape {@code [1, H, W]} for grey, {@code [3, H, W]} for red, green and blue
 * @param pixels channel by channel, row by row; unsigned; not copied
 */
public record Picture(Shape shape, byte[] pixels) {
  /** 67 million: a larger one would not fit in the memory of a small executor. */
  public static final int MAX_PIXELS = 1 << 26;

  /**
   * The longest side; libpng has the same bound. Rows cost time and memory besides those of their
   * pixels.
   */
  public static final int MAX_SIDE = 1_000_000;

  public Picture {
    if (!shape.isImage() || shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "Picture.shape must be [1, H, W] or [3, H, W], but was " + shape);
    }
    Check.range(0, shape.size(), pixels.length, "Picture.pixels");
  }

  /** Refuses a picture that is larger than memory is meant for. */
  public static void checkSize(int width, int height, String who) {
    if ((long) width * height > MAX_PIXELS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s must have at most %,d pixels, but is %d by %d",
              who,
              MAX_PIXELS,
              width,
              height));
    }
    if (Math.max(width, height) > MAX_SIDE) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s must be at most %,d pixels wide and high, but is %d by %d",
              who,
              MAX_SIDE,
              width,
              height));
    }
  }

  /** The values of a channel, from 0 to 255. */
  public Plane channel(int channel) {
    int first = channel * shape.height() * shape.width();
    return new Rows(this) {
      @Override
      double value(int at) {
        return pixels[first + at] & 0xFF;
      }
    };
  }

  /** {@code 0.2989 R + 0.5870 G + 0.1140 B}, not rounded; of a grey picture, its values. */
  public Plane grey() {
    if (shape.channels() == 1) {
      return channel(0);
    }
    int size = shape.height() * shape.width();
    return new Rows(this) {
      @Override
      double value(int at) {
        return Luminance.of(
            pixels[at] & 0xFF, pixels[size + at] & 0xFF, pixels[2 * size + at] & 0xFF);
      }
    };
  }

  /** Writes it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // ImageIO's default cache would write a temporary file for every picture.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(bufferedImage());
    } finally {
      writer.dispose();
    }
  }

  private BufferedImage bufferedImage() {
    int width = shape.width();
    int size = shape.height() * width;
    int channels = shape.channels();
    BufferedImage image =
        new BufferedImage(
            width,
            shape.height(),
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    WritableRaster raster = image.getRaster();
    byte[] row = new byte[width * channels];
    for (int y = 0; y < shape.height(); y++) {
      for (int c = 0; c < channels; c++) {
        for (int x = 0; x < width; x++) {
          row[x * channels + c] = pixels[c * size + y * width + x];
        }
      }
      raster.setDataElements(0, y, width, 1, row);
    }
    return image;
  }

  /** Rows of values that are each a function of a pixel. */
  private abstract static class Rows implements Plane {
    private final Shape shape;

    Rows(Picture picture) {
      this.shape = picture.shape();
    }

    /** The value of the pixel at this position, counted row by row. */
    abstract double value(int at);

    @Override
    public int height() {
      return shape.height();
    }

    @Override
    public int width() {
      return shape.width();
    }

    @Override
    public void row(int y, double[] target, int offset) {
      int first = y * shape.width();
      for (int x = 0; x < shape.width(); x++) {
        target[offset + x] = value(first + x);
      }
    }
  }
}
