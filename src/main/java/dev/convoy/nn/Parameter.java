package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.ParameterSpec;
import dev.convoy.tensor.Shape;
import java.io.Serializable;

/**
 * A named slice of a network's flat parameters, or of its flat buffers.
 *
 * @param name as in {@code <layer>.weight}
 * @param spec what the layer says of it
 * @param offset where it starts in the flat array
 */
@PublicApi
public record Parameter(String name, ParameterSpec spec, int offset) implements Serializable {
  /** Its shape, as names and files have it. */
  public Shape shape() {
    return spec.shape();
  }

  /** Returns how many values it has. */
  public int size() {
    return spec.shape().size();
  }
}
