package dev.convoy.image.augment;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/** A change of one image by itself. */
@PublicApi
public sealed interface PictureAugmentation extends Augmentation
    permits ColorJitter,
        Cutout,
        HorizontalFlip,
        RandomCrop,
        RandomResizedCrop,
        Rotate,
        VerticalFlip {
  /**
   * The change at work on images of this shape.
   *
   * @param ground the byte of each channel that stands where there is no picture
   */
  @Internal
  PicturePass bind(Shape shape, byte[] ground);
}
