package dev.convoy.image;

import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;

/**
 * Images in columns: bytes of pixels, labels and ids. The element of the training RDD.
 *
 * @param shape {@code [C, H, W]} of each image
 * @param ids which example of the data set each is: its position in the order of sorted paths and
 *     of positions in a file
 * @param labels class number of each
 * @param pixels of one image after the other, each channel by channel, row by row; unsigned
 */
public record ImageBlock(Shape shape, int[] ids, int[] labels, byte[] pixels)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public ImageBlock {
    if (ids.length != labels.length) {
      throw new IllegalArgumentException(
          "ImageBlock needs as many labels as ids, but got "
              + labels.length
              + " and "
              + ids.length);
    }
    Check.range(0, (long) ids.length * shape.size(), pixels.length, "ImageBlock.pixels");
  }

  /** How many images there are. */
  public int size() {
    return ids.length;
  }
}
