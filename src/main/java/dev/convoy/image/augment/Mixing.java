package dev.convoy.image.augment;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * A change of an image by another one of its batch, whose target becomes a mixture of both. It
 * comes after all changes of images by themselves; where a job names several mixings, each image
 * takes one of them, drawn evenly.
 */
@PublicApi
public sealed interface Mixing extends Augmentation permits Mixup, Cutmix {
  /** The share of images that are mixed. */
  Double probability();

  /** The mixing at work on images of this shape. */
  @Internal
  MixPass bind(Shape shape);
}
