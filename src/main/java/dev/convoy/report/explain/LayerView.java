package dev.convoy.report.explain;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.WeightCounts;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.report.Numbers;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer at its place: what it is, what it computed, and what came back to it.
 *
 * @param name of the layer
 * @param kind as a job has it
 * @param inputs names of where its inputs come from
 * @param input shapes of one example
 * @param output shape of one example
 * @param parameters how many it has; empty for none
 * @param dense weights it would have if every output saw every input; empty where it has none
 * @param local weights it would have if no two windows shared any; empty where it has none
 * @param tensors of the layer with parameters: what goes in, its parameters, what comes out
 * @param filters of a convolution: the first channel of each; absent of others
 * @param values what came out
 * @param gradients of the loss by what came out
 * @param gradientNorm root of the sum of their squares
 * @param gradientText the same to be read
 */
record LayerView(
    String name,
    String kind,
    String inputs,
    String input,
    String output,
    String parameters,
    String dense,
    String local,
    List<TensorView> tensors,
    @Nullable MapSheet filters,
    MapSheet values,
    MapSheet gradients,
    double gradientNorm,
    String gradientText) {
  private static final String NONE = "";

  /** Side of a map at most: what an eye tells apart where many maps stand side by side. */
  private static final int SIDE = 56;

  /**
   * Makes the view of a node of a trace.
   *
   * @param bytes of its maps at most
   */
  static LayerView of(Trace trace, int number, int bytes) {
    Network network = trace.network();
    Node node = network.nodes().get(number);
    float[] values = trace.value(number + 1);
    float[] gradients = trace.gradient(number + 1);
    Optional<WeightCounts> counts = WeightCounts.of(node);
    double norm = TensorView.norm(gradients);
    return new LayerView(
        node.name(),
        node.layer().kind(),
        String.join(", ", node.sources().stream().map(s -> name(network, s)).toList()),
        String.join(", ", node.inputs().stream().map(Shape::toString).toList()),
        node.output().toString(),
        node.parameterCount() == 0 ? NONE : Numbers.count(node.parameterCount()),
        counts.map(c -> Numbers.count(c.dense())).orElse(NONE),
        counts.map(c -> Numbers.count(c.locallyConnected())).orElse(NONE),
        tensors(trace, node, values, gradients),
        filters(trace, node),
        MapSheet.of(node.output(), values, SIDE, bytes),
        MapSheet.of(node.output(), gradients, SIDE, bytes),
        norm,
        Numbers.significant(norm));
  }

  private static String name(Network network, int source) {
    return source == 0 ? Network.INPUT : network.nodes().get(source - 1).name();
  }

  private static List<TensorView> tensors(
      Trace trace, Node node, float[] values, float[] gradients) {
    if (node.parameters().isEmpty()) {
      return List.of();
    }
    List<TensorView> found = new ArrayList<>();
    int source = node.source();
    found.add(
        TensorView.of("A", node.input().toString(), trace.value(source), trace.gradient(source)));
    node.parameters().forEach(parameter -> found.add(TensorView.of(trace, parameter)));
    found.add(TensorView.of("Z", node.output().toString(), values, gradients));
    return List.copyOf(found);
  }

  /** The first channel of each of the first filters. */
  private static @Nullable MapSheet filters(Trace trace, Node node) {
    if (!(node.layer() instanceof Conv2d convolution)) {
      return null;
    }
    float[] weight = trace.value(node.parameters().get(0));
    int area = convolution.kernel().area();
    int filter = weight.length / convolution.filters();
    int count = Math.min(convolution.filters(), MapSheet.MOST);
    float[] first = new float[count * area];
    for (int o = 0; o < count; o++) {
      System.arraycopy(weight, o * filter, first, o * area, area);
    }
    int height = convolution.kernel().height();
    int width = convolution.kernel().width();
    return MapSheet.of(count, convolution.filters(), height, width, first, SIDE);
  }
}
