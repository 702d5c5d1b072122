package dev.convoy.nn.replica.step;

/** A layer of several inputs at work in a replica. */
public abstract non-sealed class JoinPass extends NodePass {
  @Override
  public final void run(StepContext step, float[][] x, float[] y) {
    forward(step, x, y);
  }

  /**
   * Computes the output.
   *
   * @param x inputs
   * @param y output; where {@code inPlace}, perhaps the first input
   */
  public abstract void forward(StepContext step, float[][] x, float[] y);

  /** Called before the gradients of a step's inputs are asked for. */
  public void beginBackward() {}

  /**
   * Computes the gradient of one input, in the order of the inputs.
   *
   * @param input its number
   * @param x the input
   * @param y the output of {@link #forward}, if {@code readsOutput}
   * @param dy gradient of the output; may be overwritten by what the next inputs need of it
   * @param dx gradient of the input, written; where {@code gradientInPlace}, perhaps {@code dy}
   *     itself
   */
  public abstract void backward(
      StepContext step, int input, float[] x, float[] y, float[] dy, float[] dx);
}
