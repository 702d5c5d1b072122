package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/** The logistic function of each value, {@code y = 1 / (1 + exp(-x))}. Keeps any shape. */
@PublicApi
public record Sigmoid() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
