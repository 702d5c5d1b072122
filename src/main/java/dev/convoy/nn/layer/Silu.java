package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Weighs each value by its own logistic function: {@code y = x / (1 + exp(-x))}; also called swish.
 * Keeps any shape. Source: Elfwing et al., Neural Networks 2018.
 */
@PublicApi
public record Silu() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
