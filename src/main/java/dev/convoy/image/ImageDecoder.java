package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures of the formats that {@link PictureFormat} lists into bytes {@code [C, H, W]}, 8
 * bits a channel: as {@link RasterPicture} and {@link CmykPicture} say, of a GIF the first frame,
 * and of a JPEG turned as its EXIF says that the camera was held. A picture's size is read from its
 * header, and checked, before there is memory for its pixels.
 */
public final class ImageDecoder {
  /** Larger files are refused; one of the most pixels without compression is smaller. */
  public static final int MAX_FILE_BYTES = 1 << 29;

  /**
   * The beginnings of those of ImageIO's warnings after which a JPEG picture is guessed in part.
   */
  private static final List<String> DAMAGE = List.of("Truncated File", "Corrupt JPEG data");

  private final Preparation preparation;

  /** Creates a decoder for a network that takes what this preparation makes. */
  public ImageDecoder(Preparation preparation) {
    this.preparation = preparation;
  }

  /**
   * Creates a decoder for pictures that have this shape's size already.
   *
   * @throws IllegalArgumentException unless it has one or three channels
   */
  public ImageDecoder(Shape shape) {
    this(new Preparation(shape, List.of()));
  }

  /**
   * Decodes a picture from a stream; at most so many bytes are read as a picture's file may have.
   *
   * @param name of the file, for errors
   * @throws DataException if it is no whole picture, or of a size that does not suit
   */
  public byte[] decode(InputStream in, String name) throws IOException {
    return decode(bytes(in, name), name);
  }

  /**
   * Decodes a picture, and prepares it for the network.
   *
   * @param file its bytes
   * @param name of the file, for errors
   * @throws DataException if it is no whole picture, or of a size that does not suit
   */
  public byte[] decode(byte[] file, String name) {
    Picture picture = read(file, name, (w, h) -> preparation.checkHeader(w, h, name));
    return preparation.apply(picture, name);
  }

  /** Decodes a picture that is still to be cut, as {@link Preparation#uncut} leaves it. */
  Picture decodeUncut(byte[] file, String name) {
    Picture picture = read(file, name, (w, h) -> Picture.checkSize(w, h, name + ":"));
    return preparation.uncut(picture, name);
  }

  /**
   * Decodes a picture of any size up to {@link Picture#MAX_PIXELS}, into one channel if it is grey
   * and else into three.
   *
   * @param name of the file, for errors
   * @throws DataException if it is no whole picture, or too large
   */
  public static Picture decodePicture(InputStream in, String name) throws IOException {
    return read(bytes(in, name), name, (w, h) -> Picture.checkSize(w, h, name + ":"));
  }

  /**
   * Reads a picture's file.
   *
   * @param name of the file, for errors
   * @throws DataException if it has more bytes than a picture's file may have
   */
  public static byte[] bytes(InputStream in, String name) throws IOException {
    byte[] file = in.readNBytes(MAX_FILE_BYTES + 1);
    if (file.length > MAX_FILE_BYTES) {
      throw new DataException(
          name + ": a picture's file must have at most " + MAX_FILE_BYTES + " bytes, but has more");
    }
    return file;
  }

  /** Refuses a picture by what its header says. */
  private interface SizeCheck {
    void check(int width, int height);
  }

  private static Picture read(byte[] file, String name, SizeCheck size) {
    PictureFormat format =
        PictureFormat.of(file)
            .orElseThrow(
                () ->
                    new DataException(
                        name + ": must be a " + PictureFormat.NAMES + " picture, but is not"));
    if (format == PictureFormat.WEBP) {
      WebpHeader.check(file, name);
    }
    // ImageIO's default cache would write a temporary file for every picture.
    try (ImageInputStream images =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = format.reader();
      try {
        reader.addIIOReadWarningListener((source, warning) -> refuseDamage(warning, format, name));
        reader.setInput(images, true, true);
        return format == PictureFormat.JPEG
            ? readJpeg(reader, JpegHeader.of(file), size)
            : readOther(reader, size);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers mostly answer damage with IIOException, but nothing binds them to.
      throw damaged(format, name, e.getMessage(), e);
    }
  }

  private static Picture readOther(ImageReader reader, SizeCheck size) throws IOException {
    size.check(reader.getWidth(0), reader.getHeight(0));
    return RasterPicture.of(reader.read(0));
  }

  private static Picture readJpeg(ImageReader reader, JpegHeader header, SizeCheck size)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    boolean swaps = header.orientation().swapsSides();
    size.check(swaps ? height : width, swaps ? width : height);
    Picture stored =
        header.components() == 4
            ? CmykPicture.of(reader.readRaster(0, null), header)
            : RasterPicture.of(reader.read(0));
    return header.orientation().apply(stored);
  }

  private static void refuseDamage(String warning, PictureFormat format, String name) {
    if (DAMAGE.stream().anyMatch(warning::startsWith)) {
      throw damaged(format, name, warning, null);
    }
  }

  private static DataException damaged(
      PictureFormat format, String name, @Nullable String why, @Nullable Exception cause) {
    String reason = why == null ? "it can't be decoded" : why.lines().findFirst().orElse("");
    return new DataException(
        name + ": must be a whole " + format.title() + " picture, but is damaged: " + reason,
        cause);
  }
}
