package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Changes training images at random, another way every epoch; test images and those of a finished
 * model stay as they are.
 *
 * <p>A component that is absent in a job arrives in a record's constructor as null and takes its
 * default there.
 */
@PublicApi
public sealed interface Augmentation extends Serializable permits PictureAugmentation, Mixing {
  /**
   * Tells what keeps it from working on images of this shape, as in {@code padding must be ...};
   * absent for nothing.
   */
  default @Nullable String problem(Shape input) {
    return null;
  }

  /** The name of the kind in a job: {@code randomCrop} for {@link RandomCrop}. */
  default String kind() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** A share of the images, or its default where the job gives none. */
  static double probability(@Nullable Double given, double standard, String who) {
    double probability = given == null ? standard : given;
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(who + " must be from 0 to 1, but was " + probability);
    }
    return probability;
  }

  /** A size that must lie in an image. */
  static @Nullable String tooLarge(String key, int side, Shape input) {
    return side > Math.min(input.height(), input.width())
        ? key
            + " must be at most the image's shorter side, "
            + Math.min(input.height(), input.width())
            + ", but was "
            + Check.positive(side, key)
        : null;
  }
}
