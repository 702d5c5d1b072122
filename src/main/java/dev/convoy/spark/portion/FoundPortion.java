package dev.convoy.spark.portion;

import dev.convoy.data.BadRecord;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import dev.convoy.image.Targets;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a portion tells the driver.
 *
 * @param labels class number of each image; none where they have target vectors
 * @param targetWidth values of each target vector; 0 where there is none
 * @param weights of the images, as {@link dev.convoy.image.Target#weight} has it; none where each
 *     weighs 1
 * @param imageBytes of the pixels or files that it holds
 */
record FoundPortion(
    int part,
    int first,
    int records,
    BadRecord[] bad,
    String[] faults,
    @Nullable String damage,
    int[] positions,
    int[] labels,
    int targetWidth,
    float[] weights,
    PixelSums sums,
    byte[] digests,
    long imageBytes)
    implements Serializable {
  static FoundPortion of(Portion portion) {
    ImageBlock images = portion.images();
    return new FoundPortion(
        portion.part(),
        portion.first(),
        portion.records(),
        portion.bad().toArray(BadRecord[]::new),
        portion.faults(),
        portion.damage(),
        images.ids(),
        images.labels(),
        images.targets().width(),
        weights(images.targets()),
        portion.sums(),
        portion.digests(),
        images.imageBytes());
  }

  /** Returns the same less what each example adds. */
  FoundPortion withoutExamples() {
    return new FoundPortion(
        part,
        first,
        records,
        bad,
        faults,
        damage,
        new int[0],
        new int[0],
        targetWidth,
        new float[0],
        sums,
        new byte[0],
        imageBytes);
  }

  private static float[] weights(Targets targets) {
    float[] weights = new float[targets.areWeighted() ? targets.size() : 0];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = targets.weight(i);
    }
    return weights;
  }

  /** The class of an image, or {@link ImageBlock#NO_LABEL} where it has a target vector. */
  int label(int image) {
    return labels.length == 0 ? ImageBlock.NO_LABEL : labels[image];
  }

  float weight(int image) {
    return weights.length == 0 ? 1 : weights[image];
  }
}
