package dev.convoy.nn;

import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.ParameterSpec;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An immutable description of layers one after another, with the shape of one example. Its
 * trainable values are slices of one flat array, in the order of the layers.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1;

  private final Shape input;
  private final List<Node> nodes;
  private final List<Parameter> parameters;
  private final int parameterCount;

  private Network(Shape input, List<Node> nodes) {
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.parameters = nodes.stream().flatMap(node -> node.parameters().stream()).toList();
    this.parameterCount = parameters.stream().mapToInt(Parameter::size).sum();
  }

  /** A network of layers that take their names from kind and position. */
  public static Network of(Shape input, Layer... layers) {
    return of(input, Arrays.stream(layers).map(NamedLayer::of).toList());
  }

  /**
   * A network of these layers for examples of shape {@code input}.
   *
   * @throws ShapeException if a layer can't take what the one before gives
   * @throws IllegalArgumentException if there is no layer, two share a name, or there are more than
   *     2^31 - 1 parameters
   */
  public static Network of(Shape input, List<NamedLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one layer, but got none");
    }
    List<Node> nodes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Shape shape = input;
    long offset = 0;
    for (NamedLayer named : layers) {
      Layer layer = named.layer();
      String name = named.name() == null ? layer.kind() + "_" + (nodes.size() + 1) : named.name();
      if (!names.add(name)) {
        throw new IllegalArgumentException("Layer names must differ, but two are '" + name + "'");
      }
      Shape output = outputShape(layer, name, shape);
      List<Parameter> parameters = new ArrayList<>();
      for (ParameterSpec spec : layer.parameters(shape)) {
        parameters.add(new Parameter(name + "." + spec.name(), spec, (int) offset));
        offset += spec.shape().size();
        if (offset > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "A network must have fewer than 2^31 parameters, but layer '"
                  + name
                  + "' exceeds them");
        }
      }
      nodes.add(new Node(name, layer, shape, output, List.copyOf(parameters)));
      shape = output;
    }
    return new Network(input, nodes);
  }

  private static Shape outputShape(Layer layer, String name, Shape in) {
    try {
      return layer.outputShape(in);
    } catch (ShapeException e) {
      throw new ShapeException(layer.kind() + " '" + name + "' " + e.getMessage());
    }
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

  /** The trainable tensors, in the order of the flat array. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The length of the flat array. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Multiplications followed by an addition in a forward pass of one example. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(node -> node.layer().multiplyAdds(node.input())).sum();
  }

  /** Fresh parameters: each tensor a function of the seed and its position alone. */
  public float[] initialParameters(long seed) {
    float[] values = new float[parameterCount];
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      ParameterSpec spec = parameter.spec();
      SeededRandom random = SeededRandom.of(seed, Purpose.INITIAL_WEIGHTS, i);
      spec.initializer()
          .fill(values, parameter.offset(), parameter.size(), spec.fanIn(), spec.fanOut(), random);
    }
    return values;
  }
}
