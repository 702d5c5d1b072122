package dev.convoy.image.augment;

import dev.convoy.tensor.Shape;

/** A change of one image by itself. */
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
  PicturePass bind(Shape shape, byte[] ground);
}
