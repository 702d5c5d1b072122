package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Lets positive values through and a share of negative ones: {@code y = x} where x is above 0, else
 * {@code slope · x}. Keeps any shape. Source: Maas et al., ICML 2013.
 *
 * @param slope share of negative values, at least 0; 0.01 by default
 */
@PublicApi
public record LeakyRelu(@Defaulted Float slope) implements Layer {
  public LeakyRelu {
    slope = slope == null ? 0.01f : slope;
    Check.notNegative(slope, "LeakyRelu.slope");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
