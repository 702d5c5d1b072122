package dev.convoy.nn;

import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param name unique in the network
 * @param layer what it is
 * @param input shape of one example that goes in
 * @param output shape of one example that comes out
 * @param parameters its trainable tensors, in order
 */
public record Node(String name, Layer layer, Shape input, Shape output, List<Parameter> parameters)
    implements Serializable {

  /** How many trainable values the layer has. */
  public int parameterCount() {
    return parameters.stream().mapToInt(Parameter::size).sum();
  }
}
