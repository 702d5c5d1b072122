package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;

/**
 * Sets each value to 0 in training with probability {@code rate} and divides what stays by {@code 1
 * - rate}; changes nothing else. Keeps any shape. Source: Srivastava et al., JMLR 2014, in its
 * inverted form.
 *
 * @param rate probability of dropping a value, in {@code [0, 1)}
 */
@PublicApi
public record Dropout(Float rate) implements Layer {
  public Dropout {
    Check.present(rate, "Dropout.rate");
    Check.fraction(rate, "Dropout.rate");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
