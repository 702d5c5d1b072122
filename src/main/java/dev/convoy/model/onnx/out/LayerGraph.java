package dev.convoy.model.onnx.out;

import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;

/**
 * A layer at its place in the graph: what its writer asks, and adds nodes to.
 *
 * @param graph that grows
 * @param node of the network
 * @param weights of the network
 * @param inputs names of the values that it takes
 * @param output name that its result is to have
 */
record LayerGraph(
    GraphWriter graph, Node node, Weights weights, List<String> inputs, String output) {
  /** Returns the layer as the kind that its writer knows. */
  <T extends Layer> T layer(Class<T> kind) {
    return kind.cast(node.layer());
  }

  /** The shape of its first input, without the batch. */
  Shape input() {
    return node.input();
  }

  /** Adds all its tensors as constants, and returns their names. */
  List<String> tensors() {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : node.parameters()) {
      names.add(tensor(parameter, weights.parameters()));
    }
    for (Parameter buffer : node.buffers()) {
      names.add(tensor(buffer, weights.buffers()));
    }
    return names;
  }

  /** Adds one of its trainable tensors in a shape of as many values. */
  String tensor(int index, int... shape) {
    Parameter parameter = node.parameters().get(index);
    float[] values = weights.parameters();
    return graph.floats(parameter.name(), shape, values, parameter.offset(), parameter.size());
  }

  private String tensor(Parameter parameter, float[] values) {
    int[] shape = parameter.shape().toArray();
    return graph.floats(parameter.name(), shape, values, parameter.offset(), parameter.size());
  }

  /** Adds the node that gives the layer's result, of its first input and these constants. */
  void result(String operator, List<String> constants, AttributeProto... attributes) {
    List<String> all = Stream.concat(Stream.of(inputs.get(0)), constants.stream()).toList();
    graph.node(operator, output, all, attributes);
  }

  /** Adds the node that gives the layer's result, of its first input. */
  void result(String operator, AttributeProto... attributes) {
    result(operator, List.of(), attributes);
  }

  /** Adds the node that gives the layer's result, of these values. */
  void resultOf(String operator, List<String> values, AttributeProto... attributes) {
    graph.node(operator, output, values, attributes);
  }

  /** Adds a node on the way to the result, and returns its output's name. */
  String step(String operator, List<String> values, AttributeProto... attributes) {
    String name = graph.fresh(node.name() + "/" + operator);
    return graph.node(operator, name, values, attributes);
  }

  /** Adds a number, and returns its name. */
  String scalar(String name, double value) {
    return graph.scalar(node.name() + "/" + name, (float) value);
  }
}
