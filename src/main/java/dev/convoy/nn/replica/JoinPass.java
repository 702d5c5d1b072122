package dev.convoy.nn.replica;

/** A layer of several inputs at work in a replica. */
abstract non-sealed class JoinPass extends NodePass {
  /**
   * Computes the output.
   *
   * @param x inputs
   * @param y output; where {@code inPlace}, perhaps the first input
   */
  abstract void forward(Step step, float[][] x, float[] y);

  /**
   * Computes the gradient of one input.
   *
   * @param input its number
   * @param dy gradient of the output; left as it is
   * @param dx gradient of the input, written; where {@code gradientInPlace}, perhaps {@code dy}
   *     itself
   */
  abstract void backward(Step step, int input, float[] dy, float[] dx);
}
