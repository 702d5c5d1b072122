package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.DropoutDraw;
import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.nn.replica.step.StepContext;

/** What drops, drawn anew in each step: 0 or 1/keep for each of so many values. */
public class DropoutMask {
  private final ElementwiseKernels kernels;
  private final float scale;

  /** A value is dropped if its random number lies below this. */
  private final int threshold;

  private final int count;

  /** Holds no floats before the first use. */
  private float[] factors = {};

  public DropoutMask(float rate, int count, Kernels kernels) {
    this.kernels = kernels.elementwise();
    this.scale = 1 / (1 - rate);
    this.threshold = Math.round(rate * (1 << DropoutDraw.BITS));
    this.count = count;
  }

  /**
   * Returns whether anything is dropped in this step; if so, draws the first {@code count} factors.
   */
  boolean draw(StepContext step, int count) {
    boolean drops = step.training() && threshold > 0;
    if (drops) {
      draw(step.randomKey(), count, factors());
    }
    return drops;
  }

  /** Draws factors from a key. */
  public void draw(long randomKey, int count, float[] factors) {
    kernels.dropoutFactors(randomKey, threshold, scale, factors, 0, count);
  }

  /** Returns what a value that stays is multiplied by. */
  public float scale() {
    return scale;
  }

  /** Returns the floats that it keeps from step to step. */
  long heldFloats() {
    return count;
  }

  float[] factors() {
    if (factors.length == 0) {
      factors = new float[count];
    }
    return factors;
  }
}
