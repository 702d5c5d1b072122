package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import java.util.List;

/**
 * A network bound to a batch size: parameters, gradients and every buffer that forward and backward
 * need. One thread owns it; a warm step allocates nothing.
 *
 * <p>Batches lie as {@link Lanes} says: a network with input {@code [C, H, W]} takes {@code
 * [blocks, C, H, W, 16]}.
 */
public final class Replica {
  private final Network network;
  private final int batchSize;
  private final Kernels kernels;
  private final boolean wantsInputGradient;

  /** The first layer whose backward pass is needed: what comes before has no parameters. */
  private final int firstGradient;

  private final LayerPass[] passes;

  /**
   * {@code activations[i]} is what layer i reads, the last one the network's output. Layers in
   * place share arrays.
   */
  private final float[][] activations;

  private final float[] parameters;
  private final float[] gradients;

  /** Gradients of activations, in turn: the one a layer reads and the one it writes. */
  private final float[][] activationGradients;

  private int blocks;
  private final float[] outputGradient;
  private float[] inputGradient;

  /** A replica for training, with the kernels chosen at start. */
  public Replica(Network network, int batchSize) {
    this(network, batchSize, Kernels.chosen(), false);
  }

  /**
   * A replica.
   *
   * @param batchSize images at most in a step
   * @param kernels for this replica's thread alone
   * @param wantsInputGradient whether {@link #backward} goes on to the network's input
   */
  public Replica(Network network, int batchSize, Kernels kernels, boolean wantsInputGradient) {
    this.network = network;
    this.batchSize = Check.positive(batchSize, "Replica.batchSize");
    this.kernels = kernels;
    this.wantsInputGradient = wantsInputGradient;
    this.firstGradient = wantsInputGradient ? 0 : firstWithParameters(network);
    int blocks = Lanes.blocks(batchSize);
    List<Node> nodes = network.nodes();
    passes = new LayerPass[nodes.size()];
    activations = new float[nodes.size() + 1][];
    activations[0] = new float[length(network.input().size(), blocks)];
    int largest = activations[0].length;
    boolean overwritable = false;
    for (int i = 0; i < passes.length; i++) {
      Node node = nodes.get(i);
      passes[i] = Passes.of(node, blocks, kernels, i > firstGradient || wantsInputGradient);
      boolean shared = passes[i].isIdentity() || passes[i].inPlace() && overwritable;
      activations[i + 1] =
          shared ? activations[i] : new float[length(node.output().size(), blocks)];
      largest = Math.max(largest, activations[i + 1].length);
      overwritable = passes[i].isIdentity() ? overwritable : !passes[i].readsOutput();
    }
    parameters = new float[network.parameterCount()];
    gradients = new float[network.parameterCount()];
    activationGradients = new float[][] {new float[largest], new float[largest]};
    outputGradient = activationGradients[0];
  }

  private static int length(int size, int blocks) {
    long length = (long) size * blocks * Lanes.WIDTH;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A batch of "
              + blocks * Lanes.WIDTH
              + " examples needs "
              + length
              + " values in one layer, but an array holds fewer than 2^31; lower the batch size");
    }
    return (int) length;
  }

  private static int firstWithParameters(Network network) {
    List<Node> nodes = network.nodes();
    int first = 0;
    while (first < nodes.size() - 1 && nodes.get(first).parameters().isEmpty()) {
      first++;
    }
    return first;
  }

  /** What it is a replica of. */
  public Network network() {
    return network;
  }

  /** Images at most in a step. */
  public int batchSize() {
    return batchSize;
  }

  /** The kernels it runs on. */
  public Kernels kernels() {
    return kernels;
  }

  /** All trainable values, to be read and written by the caller. */
  public float[] parameters() {
    return parameters;
  }

  /** The gradients that the last {@link #backward} left, in the order of the parameters. */
  public float[] gradients() {
    return gradients;
  }

  /**
   * Where the caller puts the batch: {@code [blocks, C, H, W, 16]}; unused lanes of the last block
   * must be finite.
   */
  public float[] input() {
    return activations[0];
  }

  /** What the last forward pass gave: {@code [blocks, outputs, 16]}. */
  public float[] output() {
    return activations[activations.length - 1];
  }

  /**
   * Where the caller puts the gradient of {@link #output}, 0 in unused lanes; {@link #backward}
   * overwrites it.
   */
  public float[] outputGradient() {
    return outputGradient;
  }

  /** The gradient by the input that the last {@link #backward} left, if asked for at the start. */
  public float[] inputGradient() {
    if (inputGradient == null) {
      throw new IllegalStateException(
          "Replica.inputGradient needs a replica that wants it, and a backward pass");
    }
    return inputGradient;
  }

  /** Computes the output of the batch's first {@code images} images, as for use: dropout is off. */
  public void forward(int images) {
    run(images, false, 0);
  }

  /**
   * Computes the output of the batch's first {@code images} images in training.
   *
   * @param randomKey from which the layers draw (dropout): a function of seed, epoch, worker and
   *     step
   */
  public void forwardTraining(int images, long randomKey) {
    run(images, true, randomKey);
  }

  private void run(int images, boolean training, long randomKey) {
    if (images < 1 || images > batchSize) {
      throw new IllegalArgumentException(
          "Replica takes 1 to " + batchSize + " images, but got " + images);
    }
    blocks = Lanes.blocks(images);
    for (int i = 0; i < passes.length; i++) {
      passes[i].forward(
          blocks,
          activations[i],
          activations[i + 1],
          parameters,
          training,
          SeededRandom.at(randomKey, i));
    }
  }

  /** Computes the gradients of the last forward pass from {@link #outputGradient}. */
  public void backward() {
    float[] dy = outputGradient;
    for (int i = passes.length - 1; i >= firstGradient; i--) {
      LayerPass pass = passes[i];
      float[] other =
          dy == activationGradients[0] ? activationGradients[1] : activationGradients[0];
      boolean last = i == firstGradient && !wantsInputGradient;
      float[] dx = last ? null : pass.inPlace() ? dy : other;
      pass.backward(blocks, activations[i], activations[i + 1], dy, dx, parameters, gradients);
      dy = dx;
    }
    inputGradient = dy;
  }

  /**
   * Names the first layer whose output in the last forward pass has a value that is NaN or
   * infinite.
   */
  public String firstNonFinite() {
    for (int i = 0; i < activations.length; i++) {
      int size = i == 0 ? network.input().size() : network.nodes().get(i - 1).output().size();
      int count = blocks * size * Lanes.WIDTH;
      for (int at = 0; at < count; at++) {
        if (!Float.isFinite(activations[i][at])) {
          return i == 0 ? "the input" : "layer '" + network.nodes().get(i - 1).name() + "'";
        }
      }
    }
    return "the loss";
  }
}
