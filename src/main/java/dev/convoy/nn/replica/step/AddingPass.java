package dev.convoy.nn.replica.step;

/**
 * A layer that may add the gradient of its input to what the input's other readers gave, a few lane
 * blocks at a time, so that it need not be stored first.
 */
public interface AddingPass {
  /** Returns whether this one does add. */
  boolean adds();

  /**
   * Works as {@link LayerPass#backward} does, but adds the gradient of the input.
   *
   * @param sum of the gradients that the other readers gave
   */
  void backwardAndAdd(StepContext step, float[] x, float[] dy, float[] sum);
}
