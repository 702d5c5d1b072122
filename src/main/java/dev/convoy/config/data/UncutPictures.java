package dev.convoy.config.data;

import dev.convoy.config.tree.Names;
import dev.convoy.image.CenterCrop;
import dev.convoy.image.Preprocessing;
import dev.convoy.image.Resize;
import dev.convoy.image.augment.CropSource;
import dev.convoy.image.augment.PictureCut;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how training pictures are prepared of which random crops may be cut in each epoch.
 *
 * @param shape of the pixels that are checked, counted and, with {@code cache: decoded}, kept
 * @param steps that make them
 * @param uncutSteps how many of these, from the first on, an encoded picture gets before it is cut
 */
public record UncutPictures(Shape shape, List<Preprocessing> steps, int uncutSteps) {
  /**
   * Those of a job.
   *
   * @param input shape of what the network takes
   * @throws IllegalArgumentException if no crop can be cut of such pictures
   */
  public static UncutPictures of(JobData data, Shape input) {
    List<Preprocessing> steps = data.preprocess();
    for (int i = 1; i < data.augment().size(); i++) {
      if (PictureCut.source(data.augment().subList(i, i + 1)) != CropSource.INPUT) {
        throw new IllegalArgumentException(
            "Job.data.augment must cut of larger pictures in its first step alone, but does in ["
                + i
                + "]."
                + data.augment().get(i).kind());
      }
    }
    CropSource source = PictureCut.source(data.augment());
    if (source == CropSource.INPUT) {
      return new UncutPictures(input, steps, steps.size());
    }
    boolean encoded = data.cache() == Cache.ENCODED;
    if (source == CropSource.PICTURE) {
      require(encoded, source, "data.cache: encoded, as pictures have sizes of their own");
      return new UncutPictures(input, steps, 0);
    }
    int before = steps.size() - 1;
    require(
        before >= 0 && steps.get(before) instanceof CenterCrop,
        source,
        "a centerCrop at the end of data.preprocess, whose place it takes in training");
    Size fixed = before == 0 ? null : fixedSize(steps.get(before - 1));
    if (fixed == null) {
      require(
          encoded,
          source,
          "data.cache: encoded, or a resize to an exact size before the centerCrop, as pictures have"
              + " sizes of their own");
      return new UncutPictures(input, steps, before);
    }
    require(
        fixed.height() >= input.height() && fixed.width() >= input.width(),
        source,
        "pictures at least as large as network.input before the centerCrop");
    Shape shape = Shape.of(input.channels(), fixed.height(), fixed.width());
    return new UncutPictures(shape, steps.subList(0, before), before);
  }

  private static @Nullable Size fixedSize(Preprocessing step) {
    return step instanceof CenterCrop crop ? crop.size() : ((Resize) step).size();
  }

  private static void require(boolean holds, CropSource source, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Job.data.augment needs " + what + ", for from: " + Names.constant(source));
    }
  }
}
