package dev.convoy.benchmark;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network of Convoy's layers with PyTorch's operators, one for each layer. */
final class PytorchNetwork {
  private final Network network;
  private final PtNDArray[] parameters;
  private final PtNDArray[] buffers;
  private final Map<String, Integer> places = new HashMap<>();

  /** The last node that reads each value. */
  private final int[] lastReaders;

  PytorchNetwork(Network network, Weights weights, PytorchTensors tensors) {
    this.network = network;
    lastReaders = new int[network.nodes().size() + 1];
    for (int i = 0; i < network.nodes().size(); i++) {
      for (int source : network.nodes().get(i).sources()) {
        lastReaders[source] = i;
      }
    }
    parameters = tensors(network.parameters(), weights.parameters(), tensors);
    buffers = tensors(network.buffers(), weights.buffers(), tensors);
  }

  private PtNDArray[] tensors(List<Parameter> from, float[] values, PytorchTensors tensors) {
    PtNDArray[] made = new PtNDArray[from.size()];
    for (int i = 0; i < made.length; i++) {
      Parameter parameter = from.get(i);
      places.put(parameter.name(), i);
      made[i] = tensors.of(values, parameter.offset(), shape(parameter.shape()));
    }
    return made;
  }

  /** The same shape in PyTorch's terms, after these dimensions. */
  static Shape shape(dev.convoy.tensor.Shape shape, long... before) {
    Shape result = new Shape(before);
    for (int i = 0; i < shape.rank(); i++) {
      result = result.add(shape.dimension(i));
    }
    return result;
  }

  /** The trainable tensors, to be replaced by the caller. */
  PtNDArray[] parameters() {
    return parameters;
  }

  /** How many layers there are. */
  int size() {
    return network.nodes().size();
  }

  /**
   * The network's output.
   *
   * @param input {@code [N, C, H, W]}
   */
  PtNDArray forward(PtNDArray input, boolean training) {
    List<Node> nodes = network.nodes();
    PtNDArray[] values = new PtNDArray[nodes.size() + 1];
    values[0] = input;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      values[i + 1] =
          node.layer() instanceof Add
              ? sum(node.sources(), values)
              : forward(node, values[node.source()], training);
      if (training || !(node.layer() instanceof Dropout)) { // which gives its input itself
        letGo(node, i, values);
      }
    }
    return values[nodes.size()];
  }

  /** Lets go of what no later layer reads, as Python does: what the way back needs, it keeps. */
  private void letGo(Node node, int number, PtNDArray[] values) {
    for (int source : Set.copyOf(node.sources())) {
      if (lastReaders[source] == number) {
        values[source].close();
      }
    }
  }

  private static PtNDArray sum(List<Integer> sources, PtNDArray[] values) {
    PtNDArray sum = values[sources.get(0)];
    for (int i = 1; i < sources.size(); i++) {
      sum = JniUtils.add(sum, values[sources.get(i)]);
    }
    return sum;
  }

  private PtNDArray forward(Node node, PtNDArray x, boolean training) {
    Layer layer = node.layer();
    if (layer instanceof Conv2d convolution) {
      return convolution(node, convolution, x);
    } else if (layer instanceof Dense) {
      return JniUtils.linear(x, parameter(node, "weight"), parameter(node, "bias"));
    } else if (layer instanceof BatchNorm2d norm) {
      return JniUtils.batchNorm(
          x,
          buffer(node, "runningMean"),
          buffer(node, "runningVar"),
          parameter(node, "weight"),
          parameter(node, "bias"),
          training,
          norm.momentum(),
          norm.epsilon());
    } else if (layer instanceof Relu) {
      return JniUtils.relu(x);
    } else if (layer instanceof Relu6) {
      return JniUtils.clip(x, 0, 6);
    } else if (layer instanceof MaxPool2d pool && !pool.padding().same()) {
      Padding border = pool.padding();
      Shape sides = new Shape(border.top(), border.left());
      return JniUtils.maxPool(
          x, shape(pool.kernel()), shape(pool.stride()), sides, pool.ceilMode());
    } else if (layer instanceof GlobalAvgPool2d) {
      return JniUtils.flatten(JniUtils.adaptiveAvgPool(x, new Shape(1, 1)), 1, -1);
    } else if (layer instanceof Flatten) {
      return JniUtils.flatten(x, 1, -1);
    } else if (layer instanceof Dropout dropout) {
      return training ? JniUtils.dropout(x, dropout.rate(), true) : x;
    }
    throw new IllegalArgumentException("PytorchNetwork has no operator for " + layer);
  }

  private PtNDArray convolution(Node node, Conv2d layer, PtNDArray x) {
    Window window = layer.window(node.input());
    if (window.paddedHeight() - window.inputHeight() > 2 * window.top()
        || window.paddedWidth() - window.inputWidth() > 2 * window.left()) {
      throw new IllegalArgumentException("PytorchNetwork needs borders of equal sides: " + layer);
    }
    return JniUtils.convolution(
        x,
        parameter(node, "weight"),
        parameter(node, "bias"),
        shape(layer.stride()),
        new Shape(window.top(), window.left()),
        shape(layer.dilation()),
        layer.groups());
  }

  private static Shape shape(Size size) {
    return new Shape(size.height(), size.width());
  }

  private PtNDArray parameter(Node node, String name) {
    Integer place = places.get(node.name() + "." + name);
    return place == null ? null : parameters[place];
  }

  private PtNDArray buffer(Node node, String name) {
    return buffers[places.get(node.name() + "." + name)];
  }
}
