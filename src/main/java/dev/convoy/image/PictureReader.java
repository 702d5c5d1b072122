package dev.convoy.image;

import dev.convoy.image.container.BmpFile;
import dev.convoy.image.container.Exif;
import dev.convoy.image.container.GifFile;
import dev.convoy.image.container.JpegFile;
import dev.convoy.image.container.PngFile;
import dev.convoy.image.webp.WebpFile;
import dev.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a picture of each format: looks at the whole file first, so that what is cut off, or would
 * take more memory or work than is meant for a picture, is refused before a decoder sees it.
 */
final class PictureReader {
  /** The beginnings of those of ImageIO's warnings after which pixels are missing or guessed. */
  private static final List<String> DAMAGE = List.of("Truncated File", "Corrupt JPEG data");

  /** Part of the one that begins so, and after which all pixels are there. */
  private static final String STRAY_BYTES = "extraneous bytes before marker";

  private final byte[] file;
  private final SizeCheck size;

  PictureReader(byte[] file, SizeCheck size) {
    this.file = file;
    this.size = size;
  }

  /** Refuses a picture by what its header says. */
  interface SizeCheck {
    void check(int width, int height);
  }

  /**
   * A picture, and what was found with it.
   *
   * @param picture as it is meant to be seen
   * @param fault of its file, in spite of which all pixels are known; absent where there is none
   */
  record Read(Picture picture, @Nullable String fault) {}

  /**
   * Reads the picture.
   *
   * @throws IOException if it is no whole picture
   */
  Read read(PictureFormat format) throws IOException {
    return switch (format) {
      case PNG -> new Read(png(), null);
      case JPEG -> jpeg();
      case GIF -> new Read(gif(), null);
      case BMP -> new Read(bmp(), null);
      case WEBP -> new Read(webp(), null);
    };
  }

  private Picture png() throws IOException {
    PngFile png = PngFile.of(file);
    Orientation orientation = orientation(png.orientation(), png.width(), png.height());
    png.checkRoom();
    BufferedImage image = image(PictureFormat.PNG, png.pixels());
    Picture picture = RasterPicture.of(image);
    if (png.transparent().length > 0) {
      RasterPicture.blacken(picture, image.getRaster(), png.transparent());
    }
    return orientation.apply(picture);
  }

  private Orientation orientation(int number, int width, int height) {
    Orientation orientation = Orientation.of(number);
    boolean swaps = orientation.swapsSides();
    size.check(swaps ? height : width, swaps ? width : height);
    return orientation;
  }

  private Picture bmp() throws IOException {
    BmpFile bmp = BmpFile.of(file);
    size.check(bmp.width(), bmp.height());
    return decode(PictureFormat.BMP, file);
  }

  private Picture gif() throws IOException {
    GifFile gif = GifFile.of(file);
    size.check(gif.width(), gif.height());
    Picture frame = decode(PictureFormat.GIF, gif.frame());
    if (frame.shape().width() != gif.frameWidth() || frame.shape().height() != gif.frameHeight()) {
      throw new IOException("its first frame has another size than it says");
    }
    if (gif.width() == gif.frameWidth() && gif.height() == gif.frameHeight()) {
      return frame;
    }
    Shape shape = Shape.of(3, gif.height(), gif.width());
    byte[] canvas = new byte[shape.size()];
    int rows = gif.frameHeight();
    for (int row = 0; row < 3 * rows; row++) {
      int y = row / rows * gif.height() + gif.top() + row % rows;
      System.arraycopy(
          frame.pixels(),
          row * gif.frameWidth(),
          canvas,
          y * gif.width() + gif.left(),
          gif.frameWidth());
    }
    return new Picture(shape, canvas);
  }

  private Picture webp() throws IOException {
    WebpFile webp = WebpFile.of(file);
    int number = webp.exif().map(Exif::orientation).orElse(Exif.UPRIGHT);
    Orientation orientation = orientation(number, webp.width(), webp.height());
    Shape shape = Shape.of(3, webp.height(), webp.width());
    return orientation.apply(new Picture(shape, webp.decode()));
  }

  private Read jpeg() throws IOException {
    JpegFile jpeg = JpegFile.of(file);
    Orientation orientation = orientation(jpeg.orientation(), jpeg.width(), jpeg.height());
    List<String> warnings = new ArrayList<>();
    if (jpeg.hasStrayBytes()) {
      warnings.add("there are stray bytes between its segments");
    }
    ImageReader reader = PictureFormat.JPEG.reader();
    try (ImageInputStream images = stream(jpeg.pixels())) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(images, true, true);
      Picture stored =
          jpeg.components() == 4
              ? CmykPicture.of(reader.readRaster(0, null), jpeg)
              : RasterPicture.of(reader.read(0));
      for (String warning : warnings) {
        if (DAMAGE.stream().anyMatch(warning::startsWith) && !warning.contains(STRAY_BYTES)) {
          throw new IOException(warning);
        }
      }
      String fault = warnings.isEmpty() ? null : warnings.get(0);
      return new Read(orientation.apply(stored), fault);
    } finally {
      reader.dispose();
    }
  }

  private static Picture decode(PictureFormat format, byte[] pixels) throws IOException {
    return RasterPicture.of(image(format, pixels));
  }

  private static BufferedImage image(PictureFormat format, byte[] pixels) throws IOException {
    ImageReader reader = format.reader();
    try (ImageInputStream images = stream(pixels)) {
      reader.setInput(images, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** ImageIO's default cache would write a temporary file for every picture. */
  private static ImageInputStream stream(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }
}
