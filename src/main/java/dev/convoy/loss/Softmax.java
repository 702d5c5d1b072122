package dev.convoy.loss;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;

/**
 * Probabilities from logits: {@code p[c] = exp(x[c] - max) / Σ exp(x - max)}, sixteen examples at a
 * time.
 */
public final class Softmax {
  private final int classes;
  private final Kernels kernels;
  private final float[] shifted;
  private final float[] largest = new float[Lanes.WIDTH];
  private final float[] sums = new float[Lanes.WIDTH];

  /** For so many classes. */
  public Softmax(int classes, Kernels kernels) {
    this.classes = classes;
    this.kernels = kernels;
    this.shifted = new float[classes * Lanes.WIDTH];
  }

  /**
   * Computes the probabilities of one lane block {@code [classes, 16]}.
   *
   * @param target may be {@code logits}
   */
  public void run(float[] logits, int offset, float[] target, int targetOffset) {
    System.arraycopy(logits, offset, largest, 0, Lanes.WIDTH);
    for (int c = 1; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        largest[lane] = Math.max(largest[lane], logits[offset + c * Lanes.WIDTH + lane]);
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        int at = c * Lanes.WIDTH + lane;
        shifted[at] = logits[offset + at] - largest[lane];
      }
    }
    kernels.exp(shifted, 0, shifted, 0, shifted.length);
    System.arraycopy(shifted, 0, sums, 0, Lanes.WIDTH);
    for (int c = 1; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[lane] += shifted[c * Lanes.WIDTH + lane];
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        int at = c * Lanes.WIDTH + lane;
        target[targetOffset + at] = shifted[at] / sums[lane];
      }
    }
  }

  /** The logarithm of the sum of exponentials of this lane's logits in the last block. */
  double logSumExp(int lane) {
    return largest[lane] + StrictMath.log(sums[lane]);
  }
}
