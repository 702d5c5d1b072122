package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * The scaled exponential unit, which keeps mean 0 and variance 1 from layer to layer: {@code y =
 * scale · x} where x is above 0, else {@code scale · alpha · (exp(x) - 1)}, with scale 1.0507 and
 * alpha 1.6733. Keeps any shape. Source: Klambauer et al., NeurIPS 2017.
 */
@PublicApi
public record Selu() implements Layer {
  /** Where mean 0 and variance 1 are a fixed point: the paper's alpha_01 and lambda_01. */
  public static final double ALPHA = 1.6732632423543772;

  public static final double SCALE = 1.0507009873554805;

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
