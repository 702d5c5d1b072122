package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Weighs each value by a smooth gate: {@code y = x · tanh(log(1 + exp(x)))}. Keeps any shape.
 * Source: Misra, BMVC 2020.
 */
@PublicApi
public record Mish() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
