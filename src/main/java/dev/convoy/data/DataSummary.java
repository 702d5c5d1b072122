package dev.convoy.data;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Tells what one pass over a data set found. It is made before training starts, so that damaged
 * input ends in one clear line, and so that a later run can tell whether the data are the same.
 *
 * @param shape {@code [C, H, W]} of every image
 * @param count how many images there are
 * @param perClass how many images each class has; all 0 where labels are vectors
 * @param classRuns stretches of images of one class that follow each other, as {@link LabelRuns}
 *     counts them; 0 where labels are vectors
 * @param weight sum of the images' weights: their number where nothing is said of these
 * @param task what is learnt from the labels
 * @param exampleBytes of an image's pixels and of its target vector
 * @param fingerprint as {@link DataFingerprint} has it
 * @param pixels sums over all images
 */
@PublicApi
public record DataSummary(
    Shape shape,
    int count,
    List<Integer> perClass,
    int classRuns,
    double weight,
    Task task,
    int exampleBytes,
    String fingerprint,
    @Internal PixelSums pixels) {
  /** The bytes that are in memory at a time: so many that calls cost nothing beside hashing. */
  private static final int PIECE_BYTES = 1 << 20;

  public DataSummary {
    perClass = List.copyOf(perClass);
  }

  /**
   * Reads the stream to its end, and checks it thereby.
   *
   * @param classes how many classes there are; 0 for images without labels
   * @throws DataException if the data are damaged
   */
  @Internal
  public static DataSummary of(ImageStream images, int classes) {
    Shape shape = images.shape();
    DataFingerprint fingerprint = new DataFingerprint(shape);
    int[] perClass = new int[classes];
    LabelRuns runs = new LabelRuns();
    PixelSums pixels = new PixelSums(shape.channels());
    int piece = Math.max(1, PIECE_BYTES / images.exampleBytes());
    int count = 0;
    while (images.remaining() > 0) {
      ImageBlock block = images.read(piece);
      fingerprint.add(DataFingerprint.digests(block));
      count(block.labels(), perClass);
      Arrays.stream(block.labels()).forEach(runs::add);
      pixels.add(shape, block.pixels(), block.size());
      count += block.size();
    }
    return new DataSummary(
        shape,
        count,
        Arrays.stream(perClass).boxed().toList(),
        runs.count(),
        count,
        images.task(),
        images.exampleBytes(),
        fingerprint.value(),
        pixels);
  }

  /** Adds labels of images to those of each class. */
  @Internal
  public static void count(int[] labels, int[] perClass) {
    for (int label : labels) {
      if (label != ImageBlock.NO_LABEL) {
        perClass[label]++;
      }
    }
  }
}
