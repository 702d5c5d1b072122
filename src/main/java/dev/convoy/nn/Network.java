package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.ParameterSpec;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable description of layers with the shape of one example: a directed acyclic graph, in
 * which each layer takes the one before unless it names its inputs. Its trainable values are slices
 * of one flat array, in the order of the layers; so are its buffers.
 */
@PublicApi
public final class Network implements Serializable {
  private static final long serialVersionUID = 1;

  /** The name by which a layer takes the network's own input. */
  public static final String INPUT = "input";

  private final Shape input;
  private final List<Node> nodes;
  private final List<Auxiliary> auxiliaries;
  private final List<Parameter> parameters;
  private final List<Parameter> buffers;
  private final int parameterCount;
  private final int bufferCount;

  Network(Shape input, List<Node> nodes, List<Auxiliary> auxiliaries) {
    this.input = input;
    this.auxiliaries = List.copyOf(auxiliaries);
    this.nodes = List.copyOf(nodes);
    this.parameters = nodes.stream().flatMap(node -> node.parameters().stream()).toList();
    this.buffers = nodes.stream().flatMap(node -> node.buffers().stream()).toList();
    this.parameterCount = parameters.stream().mapToInt(Parameter::size).sum();
    this.bufferCount = buffers.stream().mapToInt(Parameter::size).sum();
  }

  /** Returns a builder of a network for examples of this shape. */
  public static NetworkBuilder builder(Shape input) {
    return new NetworkBuilder(input);
  }

  /** A network of layers that take their names from kind and position. */
  public static Network of(Shape input, Layer... layers) {
    return of(input, Arrays.stream(layers).map(NamedLayer::of).toList());
  }

  /**
   * A network of these layers for examples of shape {@code input}; the last gives its output.
   *
   * @throws ShapeException if a layer can't take what its inputs give
   * @throws IllegalArgumentException if there is no layer, two share a name, an input is no earlier
   *     layer, an output is used by none, or there are more than 2^31 - 1 parameters
   */
  public static Network of(Shape input, List<NamedLayer> layers) {
    NetworkBuilder builder = new NetworkBuilder(input);
    layers.forEach(builder::add);
    return builder.build();
  }

  /** The shape of one example. */
  public Shape input() {
    return input;
  }

  /** The shape of what comes out for one example. */
  public Shape output() {
    return nodes.get(nodes.size() - 1).output();
  }

  /** The layers, first to last. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * The outputs beside {@link #output} that take part in the loss while the network trains, each of
   * the same size; evaluation and prediction pass over them.
   */
  public List<Auxiliary> auxiliaries() {
    return auxiliaries;
  }

  /** The trainable tensors, in the order of the flat array. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The tensors that no optimizer changes, in the order of their flat array. */
  public List<Parameter> buffers() {
    return buffers;
  }

  /** The length of the flat array of parameters. */
  public int parameterCount() {
    return parameterCount;
  }

  /** The length of the flat array of buffers. */
  public int bufferCount() {
    return bufferCount;
  }

  /** Multiplications followed by an addition in a forward pass of one example. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(node -> node.layer().multiplyAdds(node.input())).sum();
  }

  /** Fresh weights: each tensor a function of the seed and its position alone. */
  public Weights initialWeights(long seed) {
    return new Weights(
        initial(parameters, parameterCount, seed), initial(buffers, bufferCount, seed));
  }

  private static float[] initial(List<Parameter> tensors, int count, long seed) {
    float[] values = new float[count];
    for (int i = 0; i < tensors.size(); i++) {
      Parameter tensor = tensors.get(i);
      ParameterSpec spec = tensor.spec();
      SeededRandom random = SeededRandom.of(seed, Purpose.INITIAL_WEIGHTS, i);
      spec.initialize(values, tensor.offset(), random);
    }
    return values;
  }
}
