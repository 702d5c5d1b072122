package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;

/**
 * Sets all values of an example to 0 in training with probability {@code rate} and divides those of
 * the others by {@code 1 - rate}; changes nothing in use. Keeps any shape. At the end of a residual
 * branch it leaves the branch out. Source: Huang et al., ECCV 2016.
 *
 * @param rate probability of dropping an example's values, in {@code [0, 1)}
 */
@PublicApi
public record StochasticDepth(Float rate) implements Layer {
  public StochasticDepth {
    Check.present(rate, "StochasticDepth.rate");
    Check.fraction(rate, "StochasticDepth.rate");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
