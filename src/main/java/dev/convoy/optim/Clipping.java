package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import java.io.Serializable;

/**
 * Bounds a gradient before the optimizer takes it. What is not finite is not made finite: it must
 * show in the parameters.
 *
 * <p>A gradient that lies in parts on several machines is clipped part by part, to the same bits:
 * each part but the last is a multiple of {@link #STRETCH} long, gives its {@link #squares}, and is
 * clipped with those of all parts, one after the other.
 */
@PublicApi
public sealed interface Clipping extends Serializable permits ClipByNorm, ClipByValue {
  /** Values whose squares are summed by themselves: 16 KiB, so that a part has few sums to send. */
  int STRETCH = 4096;

  /**
   * Bounds a gradient.
   *
   * @param gradient of the mean loss, of all parameters; changed in place
   */
  void clip(float[] gradient);

  /** Whether what a part becomes depends on the others. */
  boolean needsSquares();

  /** The sum of squares of each stretch of a part, the last of which may be short. */
  double[] squares(float[] part);

  /**
   * Bounds a part of a gradient.
   *
   * @param part changed in place
   * @param squares of the whole gradient; not looked at unless {@link #needsSquares}
   */
  void clip(float[] part, double[] squares);
}
