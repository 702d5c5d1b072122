package dev.convoy.kernel.elementwise;

import dev.convoy.kernel.lane.Lanes;

/**
 * Probabilities from logits: {@code p[c] = exp(x[c] - max) / Σ exp(x - max)}, sixteen examples at a
 * time; or their logarithms. One thread owns it; it allocates nothing.
 */
public final class ChannelSoftmax {
  private final int classes;
  private final int stride;
  private final ElementwiseKernels kernels;

  /** Logits less the largest, of the last block, packed: {@code [classes, 16]}. */
  private final float[] shifted;

  private final float[] exponentials;
  private final float[] largest = new float[Lanes.WIDTH];
  private final float[] sums = new float[Lanes.WIDTH];

  /** Makes one for so many classes, the sixteen values of each beside those of the one before. */
  public ChannelSoftmax(int classes, ElementwiseKernels kernels) {
    this(classes, Lanes.WIDTH, kernels);
  }

  /**
   * Makes one for so many classes.
   *
   * @param stride from one class's values to the next one's
   */
  public ChannelSoftmax(int classes, int stride, ElementwiseKernels kernels) {
    this.classes = classes;
    this.stride = stride;
    this.kernels = kernels;
    this.shifted = new float[classes * Lanes.WIDTH];
    this.exponentials = new float[classes * Lanes.WIDTH];
  }

  /**
   * Computes the probabilities of one lane block {@code [classes, 16]}.
   *
   * @param target may be {@code logits}
   */
  public void run(float[] logits, int offset, float[] target, int targetOffset) {
    exponentiate(logits, offset);
    for (int c = 0; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        target[targetOffset + c * stride + lane] =
            exponentials[c * Lanes.WIDTH + lane] / sums[lane];
      }
    }
  }

  /**
   * Computes the logarithms of the probabilities of one lane block: {@code x[c] - max - log Σ exp(x
   * - max)}.
   *
   * @param target may be {@code logits}
   */
  public void runLogarithms(float[] logits, int offset, float[] target, int targetOffset) {
    exponentiate(logits, offset);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[lane] -= 1;
    }
    kernels.log1p(sums, 0, sums, 0, Lanes.WIDTH);
    for (int c = 0; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        target[targetOffset + c * stride + lane] = shifted[c * Lanes.WIDTH + lane] - sums[lane];
      }
    }
  }

  private void exponentiate(float[] logits, int offset) {
    System.arraycopy(logits, offset, largest, 0, Lanes.WIDTH);
    for (int c = 1; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        largest[lane] = Math.max(largest[lane], logits[offset + c * stride + lane]);
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        shifted[c * Lanes.WIDTH + lane] = logits[offset + c * stride + lane] - largest[lane];
      }
    }
    kernels.exp(shifted, 0, exponentials, 0, shifted.length);
    System.arraycopy(exponentials, 0, sums, 0, Lanes.WIDTH);
    for (int c = 1; c < classes; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[lane] += exponentials[c * Lanes.WIDTH + lane];
      }
    }
  }

  /**
   * Returns the logarithm of the sum of exponentials of this lane's logits in the last {@link
   * #run}.
   */
  public double logSumExp(int lane) {
    return largest[lane] + StrictMath.log(sums[lane]);
  }
}
