package dev.convoy.nn;

import java.io.Serializable;
import java.util.function.Predicate;

/**
 * What a training changes of a network: some of its parameters, and the running statistics of the
 * layers that own one of them. All else is frozen, and keeps its bits.
 *
 * @param parameters that an optimizer changes
 * @param buffers that batches change
 */
public record TrainableValues(Slices parameters, Slices buffers) implements Serializable {
  /** Returns all values of a network. */
  public static TrainableValues all(Network network) {
    return new TrainableValues(
        Slices.all(network.parameterCount()), Slices.all(network.bufferCount()));
  }

  /**
   * Returns the values of the tensors with these names.
   *
   * @param trained asked for the names of parameters, and for those of the buffers of layers that
   *     have no parameters
   */
  public static TrainableValues of(Network network, Predicate<String> trained) {
    Slices parameters =
        Slices.of(network.parameters(), parameter -> trained.test(parameter.name()));
    Predicate<Node> moves =
        node ->
            node.parameters().isEmpty()
                ? node.buffers().stream().anyMatch(buffer -> trained.test(buffer.name()))
                : node.parameters().stream().anyMatch(p -> trained.test(p.name()));
    Slices buffers =
        Slices.of(
            network.buffers(),
            buffer ->
                network.nodes().stream()
                    .anyMatch(node -> node.buffers().contains(buffer) && moves.test(node)));
    return new TrainableValues(parameters, buffers);
  }

  /** Tells whether nothing is frozen. */
  public boolean isAll() {
    return parameters.isAll() && buffers.isAll();
  }

  /**
   * Tells whether a layer is trained: one of its parameters is, or else the statistics that it
   * keeps move.
   */
  public boolean trains(Node node) {
    return node.parameters().stream().anyMatch(p -> parameters.contains(p.offset()))
        || node.parameters().isEmpty()
            && node.buffers().stream().anyMatch(b -> buffers.contains(b.offset()));
  }
}
