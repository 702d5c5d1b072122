package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A data set of two IDX files, plain or gzip: unsigned bytes of images, {@code [N, H, W]} or {@code
 * [N, C, H, W]}, and labels: class numbers of unsigned bytes, {@code [N]}, or target vectors of
 * unsigned bytes or float32, {@code [N, outputs]}. Gzip is recognised by its first bytes, not by a
 * name.
 */
public final class IdxImages implements ImageStream {
  private final IdxFile images;

  /** Absent if the images have none. */
  private final @Nullable Labels labels;

  private final Shape shape;
  private int position;

  /**
   * The images' labels.
   *
   * @param rule what they must be
   */
  private record Labels(IdxFile file, LabelRule rule) {
    boolean areVectors() {
      return file.dimensions().length > 1;
    }
  }

  private IdxImages(IdxFile images, @Nullable Labels labels) {
    this.images = images;
    this.labels = labels;
    int[] dimensions = images.dimensions();
    int rank = dimensions.length;
    this.shape =
        Shape.of(rank == 4 ? dimensions[1] : 1, dimensions[rank - 2], dimensions[rank - 1]);
  }

  /**
   * Images with their class numbers.
   *
   * @param classes every label must be below
   * @throws DataException if a file is not IDX of its kind, or their counts differ
   */
  public static IdxImages open(
      FileOpener opener, String imagesPath, String labelsPath, int classes) {
    return open(opener, imagesPath, labelsPath, LabelRule.classes(classes));
  }

  /**
   * Images with their labels.
   *
   * @param rule what labels must be
   * @throws DataException if a file is not IDX of its kind, or their counts differ
   */
  public static IdxImages open(
      FileOpener opener, String imagesPath, String labelsPath, LabelRule rule) {
    IdxFile images = openImages(opener, imagesPath);
    IdxFile labels = null;
    boolean accepted = false;
    try {
      labels =
          IdxFile.open(
              opener,
              labelsPath,
              "labels",
              IdxFile.LABELS,
              IdxFile.BYTE_VECTORS,
              IdxFile.FLOAT_VECTORS);
      checkCounts(images, labels);
      int[] dimensions = labels.dimensions();
      if (dimensions.length > 1) {
        rule.checkVectors(labelsPath, dimensions[0], dimensions[1]);
      }
      accepted = true;
      return new IdxImages(images, new Labels(labels, rule));
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
    return new IdxImages(openImages(opener, imagesPath), null);
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
  public Task task() {
    return labels == null ? Task.CLASSIFICATION : labels.rule.task(labels.areVectors());
  }

  @Override
  public int targetBytes() {
    return labels != null && labels.areVectors() ? labels.file.itemBytes() : 0;
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
      labels.file.skip(count);
    }
    position += count;
  }

  @Override
  public ImageBlock read(int atMost) {
    int count = Math.min(Check.atLeast(atMost, 0, "IdxImages.read"), remaining());
    byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
    images.read(pixels, count);
    Targets targets = readTargets(count);
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> position + i);
    position += count;
    return new ImageBlock(shape, ids, targets, pixels);
  }

  private Targets readTargets(int count) {
    if (labels == null) {
      int[] none = new int[count];
      Arrays.fill(none, ImageBlock.NO_LABEL);
      return Targets.classes(none);
    }
    byte[] bytes = new byte[Math.multiplyExact(count, labels.file.itemBytes())];
    labels.file.read(bytes, count);
    Targets targets = targets(labels.file, bytes);
    labels.rule.check(labels.file.name(), targets, position);
    return targets;
  }

  private static Targets targets(IdxFile labels, byte[] bytes) {
    int[] dimensions = labels.dimensions();
    if (dimensions.length == 1) {
      int[] numbers = new int[bytes.length];
      Arrays.setAll(numbers, i -> bytes[i] & 0xff);
      return Targets.classes(numbers);
    } else if (!labels.floats()) {
      return Targets.bytes(dimensions[1], bytes);
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return Targets.floats(dimensions[1], values);
  }

  @Override
  public void close() {
    close(images, labels == null ? null : labels.file);
  }

  private static void close(IdxFile images, @Nullable IdxFile labels) {
    try {
      images.close();
    } finally {
      if (labels != null) {
        labels.close();
      }
    }
  }
}
