package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * A data set of two IDX files, plain or gzip: unsigned bytes of images, {@code [N, H, W]} or {@code
 * [N, C, H, W]}, and of labels, {@code [N]}. Gzip is recognised by its first bytes, not by a name.
 */
public final class IdxImages implements ImageStream {
  private final IdxFile images;

  /** Null if the images have none. */
  private final IdxFile labels;

  private final int classes;
  private final Shape shape;
  private int position;

  private IdxImages(IdxFile images, IdxFile labels, int classes) {
    this.images = images;
    this.labels = labels;
    this.classes = classes;
    int[] dimensions = images.dimensions();
    int rank = dimensions.length;
    this.shape =
        Shape.of(rank == 4 ? dimensions[1] : 1, dimensions[rank - 2], dimensions[rank - 1]);
  }

  /**
   * Images with their labels.
   *
   * @param classes every label must be below
   * @throws DataException if a file is not IDX of its kind, or their counts differ
   */
  public static IdxImages open(
      FileOpener opener, String imagesPath, String labelsPath, int classes) {
    Check.positive(classes, "IdxImages.classes");
    IdxFile images = openImages(opener, imagesPath);
    IdxFile labels = null;
    boolean accepted = false;
    try {
      labels = IdxFile.open(opener, labelsPath, "labels", IdxFile.LABELS);
      checkCounts(images, labels);
      accepted = true;
      return new IdxImages(images, labels, classes);
    } finally {
      if (!accepted) {
        close(images, labels);
      }
    }
  }

  /**
   * Images alone; the label of each is {@link ImageBlock#NO_LABEL}.
   *
   * @throws DataException if the file is not IDX of images
   */
  public static IdxImages open(FileOpener opener, String imagesPath) {
    return new IdxImages(openImages(opener, imagesPath), null, 0);
  }

  private static IdxFile openImages(FileOpener opener, String path) {
    return IdxFile.open(opener, path, "images", IdxFile.GREY_IMAGES, IdxFile.IMAGES);
  }

  private static void checkCounts(IdxFile images, IdxFile labels) {
    if (images.count() != labels.count()) {
      throw new DataException(
          labels.name()
              + ": must hold a label for each of the "
              + images.count()
              + " images of "
              + images.name()
              + ", but holds "
              + labels.count());
    }
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return images.count();
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public boolean seekable() {
    return !images.compressed();
  }

  @Override
  public void skip(int count) {
    Check.range(position, count, count(), "IdxImages.skip");
    images.skip(count);
    if (labels != null) {
      labels.skip(count);
    }
    position += count;
  }

  @Override
  public ImageBlock read(int atMost) {
    int count = Math.min(Check.atLeast(atMost, 0, "IdxImages.read"), remaining());
    byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
    images.read(pixels, count);
    int[] classNumbers = readLabels(count);
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> position + i);
    position += count;
    return new ImageBlock(shape, ids, classNumbers, pixels);
  }

  private int[] readLabels(int count) {
    int[] numbers = new int[count];
    if (labels == null) {
      Arrays.fill(numbers, ImageBlock.NO_LABEL);
      return numbers;
    }
    byte[] bytes = new byte[count];
    labels.read(bytes, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = bytes[i] & 0xff;
      if (numbers[i] >= classes) {
        throw new DataException(
            labels.name()
                + ": labels must be below "
                + classes
                + ", the number of classes, but label "
                + (position + i)
                + " (counted from 0) is "
                + numbers[i]);
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    close(images, labels);
  }

  private static void close(IdxFile images, IdxFile labels) {
    try {
      images.close();
    } finally {
      if (labels != null) {
        labels.close();
      }
    }
  }
}
