package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * A rectifier without a corner: {@code y = log(1 + exp(beta · x)) / beta}, and {@code y = x} where
 * {@code beta · x} is above the threshold. Keeps any shape. Source: Dugas et al., NIPS 2000.
 *
 * @param beta how sharp the bend is, above 0; 1 by default
 * @param threshold from where on it is a straight line, at least 0; 20 by default, where floats
 *     show no difference
 */
@PublicApi
public record Softplus(@Defaulted Float beta, @Defaulted Float threshold) implements Layer {
  public Softplus {
    beta = beta == null ? 1f : beta;
    threshold = threshold == null ? 20f : threshold;
    Check.positive((float) beta, "Softplus.beta");
    Check.notNegative(threshold, "Softplus.threshold");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
