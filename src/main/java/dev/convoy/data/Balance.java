package dev.convoy.data;

import dev.convoy.api.PublicApi;

/** Says what makes up for classes that have fewer images than others. */
@PublicApi
public enum Balance {
  /**
   * The loss takes an image times the mean number of images of a class, divided by that of its own.
   */
  WEIGHTS,
  /**
   * Images of smaller classes are used several times an epoch, so that all classes have as many.
   */
  OVERSAMPLE
}
