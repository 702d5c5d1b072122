package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Probabilities over the channels: {@code y[c] = exp(x[c]) / Σ exp(x)}.
 *
 * <p>Keeps any shape: of {@code [F]} all values sum to 1, of {@code [C, H, W]} the channels at each
 * position. The loss {@code softmaxCrossEntropy} takes this step itself: no softmax before it.
 */
@PublicApi
public record Softmax() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
