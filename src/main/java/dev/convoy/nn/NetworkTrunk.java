package dev.convoy.nn;

import dev.convoy.nn.layer.Flatten;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network up to one of its layers, which then gives the output, flat.
 *
 * @param network its layers, and no others
 * @param weights of these
 */
public record NetworkTrunk(Network network, Weights weights) {
  /**
   * Cuts a network after a layer.
   *
   * @param layer its name
   * @throws IllegalArgumentException if no layer is called so
   */
  public static NetworkTrunk of(Network whole, Weights weights, String layer) {
    List<Node> nodes = whole.nodes();
    int last = 0;
    while (last < nodes.size() && !nodes.get(last).name().equals(layer)) {
      last++;
    }
    if (last == nodes.size()) {
      throw new IllegalArgumentException(
          "the network must have a layer "
              + layer
              + ", but has "
              + String.join(", ", nodes.stream().map(Node::name).toList()));
    }
    Set<Integer> needed = new HashSet<>(Set.of(last));
    NetworkBuilder builder = Network.builder(whole.input());
    for (int i = last; i >= 0; i--) {
      if (needed.contains(i)) {
        nodes.get(i).sources().forEach(source -> needed.add(source - 1));
      }
    }
    List<Node> kept = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      if (needed.contains(i)) {
        Node node = nodes.get(i);
        List<String> inputs =
            node.sources().stream()
                .map(source -> source == 0 ? Network.INPUT : nodes.get(source - 1).name())
                .toList();
        builder.add(new NamedLayer(node.name(), inputs, node.layer()));
        kept.add(node);
      }
    }
    if (nodes.get(last).output().rank() > 1) {
      builder.add(new Flatten());
    }
    Network network = builder.build();
    float[] parameters = new float[network.parameterCount()];
    float[] buffers = new float[network.bufferCount()];
    int parameter = 0;
    int buffer = 0;
    for (Node node : kept) {
      parameter = copy(node.parameters(), weights.parameters(), parameters, parameter);
      buffer = copy(node.buffers(), weights.buffers(), buffers, buffer);
    }
    return new NetworkTrunk(network, new Weights(parameters, buffers));
  }

  private static int copy(List<Parameter> tensors, float[] from, float[] to, int at) {
    int end = at;
    for (Parameter tensor : tensors) {
      System.arraycopy(from, tensor.offset(), to, end, tensor.size());
      end += tensor.size();
    }
    return end;
  }
}
