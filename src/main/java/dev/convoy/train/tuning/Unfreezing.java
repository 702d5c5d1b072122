package dev.convoy.train.tuning;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.NamePattern;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.List;

/**
 * Says what is trained from an epoch on that was frozen before.
 *
 * @param epoch at whose beginning they thaw, at least 2
 * @param layers regular expressions, one of which matches the whole name of each parameter that
 *     thaws, as in {@code layer4\..*}
 */
@PublicApi
public record Unfreezing(int epoch, List<String> layers) implements Serializable {
  public Unfreezing {
    Check.atLeast(epoch, 2, "Unfreezing.epoch");
    layers = List.copyOf(Check.present(layers, "Unfreezing.layers"));
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "Unfreezing.layers must have at least one regular expression, but was empty");
    }
    var unused = NamePattern.any(layers, "Unfreezing.layers");
  }
}
