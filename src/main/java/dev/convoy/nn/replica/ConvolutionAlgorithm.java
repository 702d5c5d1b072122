package dev.convoy.nn.replica;

/** One way to compute a convolution and its gradients; which one depends on its shape alone. */
interface ConvolutionAlgorithm {
  /**
   * Computes the output.
   *
   * @param bias where the filters' biases start in the parameters; -1 if there are none
   */
  void forward(Step step, int bias, float[] x, float[] y);

  /** Computes the gradient of the filters from the last {@link #forward} pass's input. */
  void weightGradient(Step step, float[] x, float[] dy);

  /** Computes the gradient of the input. */
  void inputGradient(Step step, float[] dy, float[] dx);
}
