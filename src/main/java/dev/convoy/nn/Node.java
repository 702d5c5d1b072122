package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param name unique in the network
 * @param layer what it is
 * @param sources where its inputs come from: 0 is the network's input, {@code i + 1} the output of
 *     node i, always an earlier one
 * @param inputs shapes of one example of each input
 * @param output shape of one example that comes out
 * @param parameters its trainable tensors, in order
 * @param buffers its tensors that no optimizer changes, in order
 */
@PublicApi
public record Node(
    String name,
    Layer layer,
    List<Integer> sources,
    List<Shape> inputs,
    Shape output,
    List<Parameter> parameters,
    List<Parameter> buffers)
    implements Serializable {

  /** The shape of its first input, the only one for all layers but joins. */
  public Shape input() {
    return inputs.get(0);
  }

  /** Returns where its first input comes from. */
  public int source() {
    return sources.get(0);
  }

  /** Returns how many trainable values the layer has. */
  public int parameterCount() {
    return parameters.stream().mapToInt(Parameter::size).sum();
  }
}
