package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.ParameterSpec;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins layers to a network, one after the other, and works out shapes and places of tensors. */
@PublicApi
public final class NetworkBuilder {
  private final Shape input;
  private final List<Node> nodes = new ArrayList<>();

  /** Output shapes by the number of their source: the network's input, then each node's output. */
  private final List<Shape> shapes = new ArrayList<>();

  private final Map<String, Integer> sources = new HashMap<>();
  private final List<Boolean> used = new ArrayList<>();
  private final List<Auxiliary> auxiliaries = new ArrayList<>();
  private final Slices parameters = new Slices("parameters");
  private final Slices buffers = new Slices("buffered values");

  /** A builder for examples of this shape. */
  public NetworkBuilder(Shape input) {
    this.input = input;
    shapes.add(input);
    used.add(false);
    sources.put(Network.INPUT, 0);
  }

  /**
   * Adds a layer.
   *
   * @throws ShapeException if it can't take what its inputs give
   * @throws IllegalArgumentException if its name is another's, an input is no earlier layer, or the
   *     network would have more than 2^31 - 1 parameters
   */
  public NetworkBuilder add(NamedLayer named) {
    Layer layer = named.layer();
    String name = named.name() == null ? layer.kind() + "_" + (nodes.size() + 1) : named.name();
    String who = layer.kind() + " '" + name + "'";
    List<Integer> from = sources(named, who);
    List<Shape> in = from.stream().map(shapes::get).toList();
    if (sources.putIfAbsent(name, shapes.size()) != null) {
      throw new IllegalArgumentException(
          name.equals(Network.INPUT)
              ? "No layer may be named 'input': that is the network's own input"
              : "Layer names must differ, but two are '" + name + "'");
    }
    Shape output = outputShape(layer, who, in);
    nodes.add(
        new Node(
            name,
            layer,
            from,
            in,
            output,
            parameters.place(name, layer.parameters(in.get(0))),
            buffers.place(name, layer.buffers(in.get(0)))));
    shapes.add(output);
    used.add(false);
    from.forEach(source -> used.set(source, true));
    return this;
  }

  /** Adds a layer that takes its name from its kind and position, and the layer before as input. */
  public NetworkBuilder add(Layer layer) {
    return add(NamedLayer.of(layer));
  }

  /**
   * Adds a layer of this name.
   *
   * @param inputs names of earlier layers, or {@link Network#INPUT}; the layer before if there are
   *     none
   */
  public NetworkBuilder add(String name, Layer layer, String... inputs) {
    return add(NamedLayer.of(name, layer, inputs));
  }

  /**
   * Lets a layer's output take part in the loss while the network trains.
   *
   * @throws IllegalArgumentException if no layer added so far is named so, or it is the input of
   *     another
   */
  public NetworkBuilder auxiliary(Auxiliary auxiliary) {
    Integer source = sources.get(auxiliary.output());
    if (source == null || source == 0) {
      throw new IllegalArgumentException(
          "auxiliary names the output '" + auxiliary.output() + "', but no layer is named so");
    } else if (used.get(source)) {
      throw new IllegalArgumentException(
          "auxiliary names the output '"
              + auxiliary.output()
              + "', which must be the input of no layer and named once");
    }
    used.set(source, true);
    auxiliaries.add(auxiliary);
    return this;
  }

  private List<Integer> sources(NamedLayer named, String who) {
    List<String> inputs = named.inputs();
    if (inputs == null) {
      return List.of(shapes.size() - 1);
    } else if (inputs.isEmpty()) {
      throw new IllegalArgumentException(who + " needs at least one input, but 'inputs' is empty");
    }
    List<Integer> found = new ArrayList<>();
    for (String input : inputs) {
      Integer source = sources.get(input);
      if (source == null) {
        throw new IllegalArgumentException(
            who
                + " takes the input '"
                + input
                + "', but no earlier layer is named so (a network has no cycles: inputs come first)");
      }
      found.add(source);
    }
    return List.copyOf(found);
  }

  private static Shape outputShape(Layer layer, String who, List<Shape> in) {
    try {
      if (layer instanceof Join join && in.size() > 1) {
        return join.outputShape(in);
      } else if (in.size() > 1) {
        throw new ShapeException("takes one input, but 'inputs' names " + in.size());
      }
      return layer.outputShape(in.get(0));
    } catch (ShapeException e) {
      throw new ShapeException(who + " " + e.getMessage());
    }
  }

  /** The shape that the layer added last gives for one example; the input's where there is none. */
  public Shape output() {
    return shapes.get(shapes.size() - 1);
  }

  /** The number of the first layer, other than the last, that is the input of no other; or -1. */
  public int firstUnused() {
    return used.subList(1, nodes.size()).indexOf(false);
  }

  /**
   * The network of all layers added; the last gives its output.
   *
   * @throws IllegalArgumentException if there is no layer, or an output is used by none
   */
  public Network build() {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one layer, but got none");
    }
    if (firstUnused() >= 0) {
      throw new IllegalArgumentException(
          "Every layer but the last must be the input of another, but '"
              + nodes.get(firstUnused()).name()
              + "' is not");
    }
    if (!used.get(0)) {
      throw new IllegalArgumentException("The network's input must be used, but no layer takes it");
    }
    auxiliaries.forEach(this::checkSize);
    return new Network(input, nodes, auxiliaries);
  }

  private void checkSize(Auxiliary auxiliary) {
    int source = Check.present(sources.get(auxiliary.output()), "Auxiliary.output");
    int last = shapes.size() - 1;
    if (source == last) {
      throw new IllegalArgumentException(
          "auxiliary names the output '"
              + auxiliary.output()
              + "', but that is the network's own: the last layer's");
    } else if (shapes.get(source).size() != shapes.get(last).size()) {
      throw new IllegalArgumentException(
          "auxiliary names the output '"
              + auxiliary.output()
              + "', which must have as many values as the network's own "
              + shapes.get(last)
              + ", but has "
              + shapes.get(source));
    }
  }

  /** Gives tensors their places in a flat array. */
  private static final class Slices {
    private final String what;
    private long end;

    Slices(String what) {
      this.what = what;
    }

    List<Parameter> place(String layer, List<ParameterSpec> specs) {
      List<Parameter> placed = new ArrayList<>();
      for (ParameterSpec spec : specs) {
        placed.add(new Parameter(layer + "." + spec.name(), spec, (int) end));
        end += spec.shape().size();
        if (end > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "A network must have fewer than 2^31 "
                  + what
                  + ", but layer '"
                  + layer
                  + "' exceeds them");
        }
      }
      return List.copyOf(placed);
    }
  }
}
