package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Divides each value by what its neighbours in other channels are: {@code y[c] = x[c] / (k + alpha
 * / size · Σ x²)^beta}, with the sum over {@code size} channels around c, from {@code c - size / 2}
 * on, as far as there are any.
 *
 * <p>Keeps any shape {@code [C, H, W]} or {@code [F]}. Source: Krizhevsky et al., NIPS 2012
 * (AlexNet), with alpha over the size as PyTorch has it.
 *
 * @param size channels that are summed, at least 1
 * @param alpha weight of their mean square, at least 0; 1e-4 by default
 * @param beta exponent, at least 0; 0.75 by default
 * @param k what is added to the mean, above 0; 1 by default
 */
@PublicApi
public record LocalResponseNorm(
    int size, @Defaulted Float alpha, @Defaulted Float beta, @Defaulted Float k) implements Layer {
  public LocalResponseNorm {
    Check.positive(size, "LocalResponseNorm.size");
    alpha = alpha == null ? 1e-4f : alpha;
    beta = beta == null ? 0.75f : beta;
    k = k == null ? 1f : k;
    Check.notNegative((float) alpha, "LocalResponseNorm.alpha");
    Check.notNegative((float) beta, "LocalResponseNorm.beta");
    Check.positive((float) k, "LocalResponseNorm.k");
  }

  /** So many channels, all else by default. */
  public static LocalResponseNorm of(int size) {
    return new LocalResponseNorm(size, null, null, null);
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage() && in.rank() != 1) {
      throw new ShapeException("needs [C, H, W] or [F], but got " + in);
    }
    return in;
  }
}
