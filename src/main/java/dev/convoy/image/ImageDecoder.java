package dev.convoy.image;

import dev.convoy.image.container.ForeignFile;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures of the formats that {@link PictureFormat} lists into bytes {@code [C, H, W]}, 8
 * bits a channel: as {@link RasterPicture} and {@link CmykPicture} say, of an animation the first
 * frame on its canvas, and turned as EXIF says that the camera was held. A picture's size is read
 * from its header, and checked, before there is memory for its pixels; a file that is cut off is
 * refused wherever it ends.
 */
public final class ImageDecoder {
  /** Larger files are refused; one of the most pixels without compression is smaller. */
  public static final int MAX_FILE_BYTES = 1 << 29;

  /** Readers may put what a file holds into their messages; so much is shown. */
  private static final int MOST_REASON = 200;

  private final Preparation preparation;

  private final Consumer<String> faults;

  /** Creates a decoder for a network that takes what this preparation makes. */
  public ImageDecoder(Preparation preparation) {
    this(preparation, fault -> {});
  }

  /**
   * Creates a decoder that tells of pictures which are read although their files have faults, such
   * as bytes that belong to nothing.
   *
   * @param faults takes a line for each such picture: its name, and what is wrong
   */
  public ImageDecoder(Preparation preparation, Consumer<String> faults) {
    this.preparation = preparation;
    this.faults = faults;
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
    return decode(file, name, faults);
  }

  /**
   * The same.
   *
   * @param faults takes a line if the picture is read although its file has a fault
   */
  public byte[] decode(byte[] file, String name, Consumer<String> faults) {
    Picture picture = read(file, name, (w, h) -> preparation.checkHeader(w, h, name), faults);
    return preparation.apply(picture, name);
  }

  /** Decodes a picture that is still to be cut, as {@link Preparation#uncut} leaves it. */
  Picture decodeUncut(byte[] file, String name) {
    Picture picture = read(file, name, (w, h) -> Picture.checkSize(w, h, name + ":"), faults);
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
    return read(bytes(in, name), name, (w, h) -> Picture.checkSize(w, h, name + ":"), fault -> {});
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

  private static Picture read(
      byte[] file, String name, PictureReader.SizeCheck size, Consumer<String> faults) {
    PictureFormat format = PictureFormat.of(file).orElseThrow(() -> foreign(file, name));
    try {
      PictureReader.Read read = new PictureReader(file, size).read(format);
      if (read.fault() != null) {
        faults.accept(name + ": " + read.fault());
      }
      return read.picture();
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers mostly answer damage with IIOException, but nothing binds them to.
      throw damaged(format, name, e.getMessage(), e);
    }
  }

  private static DataException foreign(byte[] file, String name) {
    return new DataException(
        name
            + ": must be a "
            + PictureFormat.NAMES
            + " picture, but is "
            + ForeignFile.what(file).orElse("not"));
  }

  private static DataException damaged(
      PictureFormat format, String name, @Nullable String why, @Nullable Exception cause) {
    String reason = why == null ? "" : why.replaceAll("[^ -~]+", " ").strip();
    if (reason.isEmpty()) {
      reason = "it can't be decoded";
    } else if (reason.length() > MOST_REASON) {
      reason = reason.substring(0, MOST_REASON);
    }
    return new DataException(
        name + ": must be a whole " + format.title() + " picture, but is damaged: " + reason,
        cause);
  }
}
