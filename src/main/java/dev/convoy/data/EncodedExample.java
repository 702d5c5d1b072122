package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A picture in a file of its own, or in a column or value of another.
 *
 * @param name for errors
 * @param known asked for the label and the weight; absent if they are not wanted
 * @param file the picture's bytes
 * @param decoder of the picture
 */
public record EncodedExample(
    String name, @Nullable Supplier<Target> known, Content file, ImageDecoder decoder)
    implements RawExample {
  /** Gives the bytes of a picture's file. */
  @FunctionalInterface
  public interface Content {
    /**
     * All of them.
     *
     * @param name for errors
     */
    byte[] bytes(String name) throws IOException;

    /** A file, opened when the picture is decoded. */
    static Content of(FileOpener opener, String path) {
      return name -> {
        try (var in = opener.open(path)) {
          return ImageDecoder.bytes(in, name);
        }
      };
    }
  }

  @Override
  public Target target() {
    return known == null ? Target.NONE : known.get();
  }

  @Override
  public byte[] pixels() {
    return read().pixels();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the file system fails
   */
  @Override
  public Reading read() throws DataException {
    try {
      byte[] bytes = file.bytes(name);
      List<String> faults = new ArrayList<>();
      byte[] pixels = decoder.decode(bytes, name, faults::add);
      return new Reading(pixels, bytes, faults.isEmpty() ? null : faults.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
