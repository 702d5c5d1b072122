package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.io.Closeable;

/**
 * The images of a data set one after the other, in the order that numbers them. Takes memory for
 * what is asked for alone. For one thread.
 */
public interface ImageStream extends Closeable {
  /** {@code [C, H, W]} of every image. */
  Shape shape();

  /** Returns how many images the data set holds. */
  int count();

  /** Returns what is learnt from the labels. */
  default Task task() {
    return Task.CLASSIFICATION;
  }

  /** Bytes of each image's target vector; 0 where labels are class numbers. */
  default int targetBytes() {
    return 0;
  }

  /** Returns how many images were read or skipped, which is the id of the next one. */
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
   * @throws DataException if a file is damaged, too short or too long, or a label is not what it
   *     must be
   */
  ImageBlock read(int atMost);

  /** Bytes of an image's pixels and of its target vector. */
  default int exampleBytes() {
    return Math.addExact(shape().size(), targetBytes());
  }

  /** Returns how many images are still to come. */
  default int remaining() {
    return count() - position();
  }
}
