package dev.convoy.nn.replica.convolution;

import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** One way to compute a convolution and its gradients; which one depends on its shape alone. */
public interface ConvolutionAlgorithm {
  /**
   * Computes the output.
   *
   * @param bias where the filters' biases start in the parameters; -1 if there are none
   */
  void forward(StepContext step, int bias, float[] x, float[] y);

  /**
   * Computes the gradient of the filters from the last {@link #forward} pass's input, and that of
   * the input, if {@code dx} is there.
   */
  void backward(StepContext step, float[] x, float[] dy, float @Nullable [] dx);

  /** Returns the floats that it keeps from step to step. */
  long heldFloats();

  /** Returns whether it can {@link #backwardAndAdd}. */
  default boolean adds() {
    return false;
  }

  /** Works as {@link #backward} does, but adds the input's gradient to {@code sum}. */
  default void backwardAndAdd(StepContext step, float[] x, float[] dy, float[] sum) {
    throw new IllegalStateException("Only an algorithm that adds takes a sum");
  }
}
