package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import java.io.Closeable;

/**
 * The images of a data set one after the other, in the order that numbers them. Takes memory for
 * what is asked for alone. For one thread.
 */
public interface ImageStream extends Closeable {
  /** {@code [C, H, W]} of every image. */
  Shape shape();

  /** How many images the data set holds. */
  int count();

  /** How many images were read or skipped: the id of the next one. */
  int position();

  /** Whether {@link #skip} takes less time than reading: not so in a compressed file. */
  boolean seekable();

  /**
   * Passes over so many images.
   *
   * @throws DataException if the file ends before
   */
  void skip(int images);

  /**
   * The next images, at most so many and fewer only at the end, with their ids and labels. Once the
   * last is read, the end of the files has been checked.
   *
   * @throws DataException if a file is damaged, too short or too long, or a label is not a class
   */
  ImageBlock read(int atMost);

  /** How many images are still to come. */
  default int remaining() {
    return count() - position();
  }
}
