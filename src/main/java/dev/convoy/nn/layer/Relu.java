package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Lets positive values through: {@code y = max(x, 0)}; NaN stays NaN. Keeps any shape. Source: Nair
 * and Hinton, ICML 2010.
 */
@PublicApi
public record Relu() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
