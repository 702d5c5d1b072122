package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Layer;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a user lists it.
 *
 * @param name absent for a name from kind and position, as in {@code relu_2}
 * @param inputs names of earlier layers, or {@link Network#INPUT}; absent for the layer before
 * @param layer what it is
 */
@PublicApi
public record NamedLayer(@Nullable String name, @Nullable List<String> inputs, Layer layer)
    implements Serializable {
  public NamedLayer {
    inputs = inputs == null ? null : List.copyOf(inputs);
  }

  /** A layer that takes its name from its kind and position, and the layer before as input. */
  public static NamedLayer of(Layer layer) {
    return new NamedLayer(null, null, layer);
  }

  /** A layer of this name on these inputs; the layer before where there are none. */
  public static NamedLayer of(String name, Layer layer, String... inputs) {
    return new NamedLayer(name, inputs.length == 0 ? null : List.of(inputs), layer);
  }
}
