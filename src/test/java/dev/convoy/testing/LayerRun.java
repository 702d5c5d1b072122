package dev.convoy.testing;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.replica.Replica;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** Runs a network forward and backward on batches of images one after the other. */
public final class LayerRun {
  private final Replica replica;
  private final int images;

  public LayerRun(Network network, int images, KernelsUnderTest kernels) {
    this.replica = new Replica(network, images, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    this.images = images;
    replica.use(network.initialWeights(1));
  }

  /** Of one layer, for batches {@code [N, ...]} of this shape, the batch axis included. */
  public static LayerRun of(Layer layer, int[] batchShape, KernelsUnderTest kernels) {
    Shape input = Shape.of(Arrays.copyOfRange(batchShape, 1, batchShape.length));
    return new LayerRun(Network.of(input, layer), batchShape[0], kernels);
  }

  public Replica replica() {
    return replica;
  }

  /** Sets the parameters, tensor after tensor in the network's order. */
  public LayerRun with(float[]... tensors) {
    int offset = 0;
    for (float[] tensor : tensors) {
      System.arraycopy(tensor, 0, replica.parameters(), offset, tensor.length);
      offset += tensor.length;
    }
    if (offset != replica.parameters().length) {
      throw new IllegalArgumentException(
          "needs " + replica.parameters().length + " parameters, but got " + offset);
    }
    return this;
  }

  /** Sets the buffers, tensor after tensor in the network's order. */
  public LayerRun withBuffers(float[]... tensors) {
    int offset = 0;
    for (float[] tensor : tensors) {
      System.arraycopy(tensor, 0, replica.buffers(), offset, tensor.length);
      offset += tensor.length;
    }
    if (offset != replica.buffers().length) {
      throw new IllegalArgumentException(
          "needs " + replica.buffers().length + " buffered values, but got " + offset);
    }
    return this;
  }

  /** The output {@code [N, outputs]} of a batch {@code [N, inputs]}. */
  public float[] forward(float[] x) {
    load(x);
    replica.forward(images);
    return output();
  }

  /** As {@link #forward}, in training. */
  public float[] forwardTraining(float[] x, long randomKey) {
    load(x);
    replica.forwardTraining(images, randomKey);
    return output();
  }

  private void load(float[] x) {
    float[] lanes = LaneBatch.toLanes(x, images);
    System.arraycopy(lanes, 0, replica.input(), 0, lanes.length);
  }

  private float[] output() {
    return LaneBatch.fromLanes(replica.output(), images, replica.network().output().size());
  }

  /** The gradient by the input {@code [N, inputs]}, from the one by the output. */
  public float[] backward(float[] gy) {
    float[] lanes = LaneBatch.toLanes(gy, images);
    System.arraycopy(lanes, 0, replica.outputGradient(), 0, lanes.length);
    replica.backward();
    return LaneBatch.fromLanes(replica.inputGradient(), images, replica.network().input().size());
  }

  /** The gradient of the parameter of this layer's kind, as in {@code weight}. */
  public float[] gradient(String name) {
    return gradientOf("." + name);
  }

  /** The gradient of the first parameter whose name ends so, as in {@code conv2d_1.weight}. */
  public float[] gradientOf(String name) {
    for (Parameter parameter : replica.network().parameters()) {
      if (parameter.name().endsWith(name)) {
        int from = parameter.offset();
        return Arrays.copyOfRange(replica.gradients(), from, from + parameter.size());
      }
    }
    throw new IllegalArgumentException("no parameter " + name);
  }
}
