package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Weighs each value by the chance that a normal one lies below it: {@code y = x · Φ(x)}, {@code
 * Φ(x) = (1 + erf(x / √2)) / 2}; or, approximated, {@code y = x/2 · (1 + tanh(√(2/π) · (x +
 * 0.044715 · x³)))}. Keeps any shape. Source: Hendrycks and Gimpel, arXiv 1606.08415.
 *
 * @param approximate how; {@code NONE} by default
 */
@PublicApi
public record Gelu(@Defaulted Approximation approximate) implements Layer {
  /** How Φ is computed. */
  public enum Approximation {
    /** Computes it by the error function. */
    NONE,
    /** Approximates it by the hyperbolic tangent, as in BERT and GPT-2. */
    TANH
  }

  public Gelu {
    approximate = approximate == null ? Approximation.NONE : approximate;
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
