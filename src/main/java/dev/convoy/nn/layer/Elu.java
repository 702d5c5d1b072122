package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Lets positive values through and bends negative ones towards {@code -alpha}: {@code y = x} where
 * x is above 0, else {@code alpha · (exp(x) - 1)}. Keeps any shape. Source: Clevert et al., ICLR
 * 2016.
 *
 * @param alpha the limit below, at least 0; 1 by default
 */
@PublicApi
public record Elu(@Defaulted Float alpha) implements Layer {
  public Elu {
    alpha = alpha == null ? 1f : alpha;
    Check.notNegative(alpha, "Elu.alpha");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
