package dev.convoy.nn;

import dev.convoy.nn.layer.Layer;
import java.io.Serializable;

/**
 * A layer as a user lists it.
 *
 * @param name {@code null} for a name from kind and position, as in {@code relu_2}
 * @param layer what it is
 */
public record NamedLayer(String name, Layer layer) implements Serializable {
  /** A layer that takes its name from its kind and position. */
  public static NamedLayer of(Layer layer) {
    return new NamedLayer(null, layer);
  }
}
