package dev.convoy.image;

import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;

/**
 * Images in columns: bytes of pixels, labels or target vectors, and ids. The element of the
 * training RDD.
 *
 * <p>Not a record: the Kryo of Spark, which many clusters choose as their serializer, cannot write
 * records.
 */
public final class ImageBlock implements Serializable {
  /** The label of an image whose class is not known. */
  public static final int NO_LABEL = -1;

  private static final long serialVersionUID = 1;

  private final Shape shape;
  private final int[] ids;
  private final Targets targets;
  private final byte[] pixels;

  /**
   * A block of these columns, which are not copied.
   *
   * @param shape {@code [C, H, W]} of each image
   * @param ids which example of the data set each is: its position in the order of sorted paths and
   *     of positions in a file
   * @param labels class number of each, or {@link #NO_LABEL}
   * @param pixels of one image after the other, each channel by channel, row by row; unsigned
   */
  public ImageBlock(Shape shape, int[] ids, int[] labels, byte[] pixels) {
    this(shape, ids, Targets.classes(labels), pixels);
  }

  /** The same with targets of any kind. */
  public ImageBlock(Shape shape, int[] ids, Targets targets, byte[] pixels) {
    if (ids.length != targets.size()) {
      throw new IllegalArgumentException(
          "ImageBlock needs as many labels as ids, but got "
              + targets.size()
              + " and "
              + ids.length);
    }
    Check.range(0, (long) ids.length * shape.size(), pixels.length, "ImageBlock.pixels");
    this.shape = shape;
    this.ids = ids;
    this.targets = targets;
    this.pixels = pixels;
  }

  /** {@code [C, H, W]} of each image. */
  public Shape shape() {
    return shape;
  }

  /** Which example of the data set each image is. */
  public int[] ids() {
    return ids;
  }

  /** The class number of each image, or {@link #NO_LABEL}; none where they have target vectors. */
  public int[] labels() {
    return targets.classes();
  }

  /** The class numbers or target vectors. */
  public Targets targets() {
    return targets;
  }

  /** Of one image after the other, each channel by channel, row by row; unsigned. */
  public byte[] pixels() {
    return pixels;
  }

  /** How many images there are. */
  public int size() {
    return ids.length;
  }
}
