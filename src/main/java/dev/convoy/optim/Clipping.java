package dev.convoy.optim;

import java.io.Serializable;

/**
 * Bounds a gradient before the optimizer takes it. What is not finite is not made finite: it must
 * show in the parameters.
 */
public sealed interface Clipping extends Serializable permits ClipByNorm, ClipByValue {
  /**
   * Bounds a gradient.
   *
   * @param gradient of the mean loss, of all parameters; changed in place
   */
  void clip(float[] gradient);
}
