package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;

/** Says what a random crop is cut out of. */
@PublicApi
public enum CropSource {
  /** Images as {@code preprocess} brings them to the network's size. */
  INPUT,

  /**
   * Pictures as they are before the {@code centerCrop} that {@code preprocess} ends in: the random
   * crop takes its place in training.
   */
  RESIZED,

  /**
   * Whole pictures, as they lie in their files: the random crop takes all of preprocess's place.
   */
  PICTURE
}
