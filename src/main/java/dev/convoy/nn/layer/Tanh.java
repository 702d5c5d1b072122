package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/** The hyperbolic tangent of each value, {@code y = tanh(x)}. Keeps any shape. */
@PublicApi
public record Tanh() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
