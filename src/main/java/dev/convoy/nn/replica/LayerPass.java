package dev.convoy.nn.replica;

/**
 * One layer at work in a replica: it owns the buffers it needs between forward and backward.
 * Batches lie as {@link dev.convoy.kernel.Lanes} says; of {@code blocks} lane blocks, unused lanes
 * hold finite values going forward and 0 going backward.
 */
abstract class LayerPass {
  /**
   * Whether output may lie where the input did, and the input's gradient where the output's did.
   */
  boolean inPlace() {
    return false;
  }

  /**
   * Whether output and input are the same values at the same places, so that they share an array.
   */
  boolean isIdentity() {
    return false;
  }

  /** Whether {@link #backward} reads the output, so that no layer after it may overwrite it. */
  boolean readsOutput() {
    return false;
  }

  /**
   * Computes the output.
   *
   * @param blocks lane blocks in this batch
   * @param x input
   * @param y output
   * @param parameters of the whole network
   * @param training whether this is a step of training
   * @param randomKey from which this layer draws in training
   */
  abstract void forward(
      int blocks, float[] x, float[] y, float[] parameters, boolean training, long randomKey);

  /**
   * Computes the gradients of the same batch.
   *
   * @param y the output of {@link #forward}, if {@link #readsOutput}
   * @param dy gradient of the output; may be overwritten
   * @param dx gradient of the input, written; {@code null} where nobody asks for it
   * @param gradients of the whole network's parameters; this layer's slices are overwritten
   */
  abstract void backward(
      int blocks,
      float[] x,
      float[] y,
      float[] dy,
      float[] dx,
      float[] parameters,
      float[] gradients);
}
