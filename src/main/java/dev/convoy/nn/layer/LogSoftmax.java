package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Logarithms of probabilities over the channels: {@code y[c] = x[c] - log Σ exp(x)}.
 *
 * <p>Keeps any shape: of {@code [F]} over all values, of {@code [C, H, W]} over the channels at
 * each position.
 */
@PublicApi
public record LogSoftmax() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
