package dev.convoy.nn.replica.step;

import org.jspecify.annotations.Nullable;

/**
 * One layer at work in a replica: it owns the buffers it needs between forward and backward.
 * Batches lie as {@link dev.convoy.kernel.lane.Lanes} says; of a step's lane blocks, unused lanes
 * hold finite values going forward and 0 going backward.
 */
public abstract non-sealed class LayerPass extends NodePass {
  @Override
  public final void run(StepContext step, float[][] x, float[] y) {
    forward(step, x[0], y);
  }

  /**
   * Computes the output.
   *
   * @param x input
   * @param y output
   */
  public abstract void forward(StepContext step, float[] x, float[] y);

  /**
   * Computes the gradients of the same batch; those of the layer's own parameters are overwritten.
   *
   * @param y the output of {@link #forward}, if {@code readsOutput}
   * @param dy gradient of the output; may be overwritten
   * @param dx gradient of the input, written; where {@code gradientInPlace}, {@code dy} itself;
   *     absent where nobody asks for it
   */
  public abstract void backward(
      StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx);
}
