package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Normalises each channel over the batch and its positions: {@code y = weight · (x - mean) /
 * sqrt(var + epsilon) + bias}.
 *
 * <p>Keeps any shape {@code [C, H, W]} or {@code [F]}. In training, mean and (biased) variance are
 * the batch's own, and running ones move towards them: {@code running = (1 - momentum) · running +
 * momentum · batch}, the variance there unbiased; in use, the running ones take their place.
 * Parameters: {@code weight [C]}, {@code bias [C]}; buffers: {@code runningMean [C]}, {@code
 * runningVar [C]}. Workers join theirs as means of x and x². Source: Ioffe and Szegedy, ICML 2015.
 *
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @param momentum share of a batch in the running statistics, in {@code (0, 1]}; 0.1 by default
 * @param affine whether a weight and a bias are learnt; true by default
 */
@PublicApi
public record BatchNorm2d(
    @Defaulted Float epsilon, @Defaulted Float momentum, @Defaulted Boolean affine)
    implements Layer {
  public BatchNorm2d {
    epsilon = epsilon == null ? 1e-5f : epsilon;
    momentum = momentum == null ? 0.1f : momentum;
    affine = affine == null || affine;
    Check.positive((float) epsilon, "BatchNorm2d.epsilon");
    Check.positive((float) momentum, "BatchNorm2d.momentum");
    if (momentum > 1) {
      throw new IllegalArgumentException(
          "BatchNorm2d.momentum must be at most 1, but was " + momentum);
    }
  }

  /** All by default. */
  public BatchNorm2d() {
    this(null, null, null);
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage() && in.rank() != 1) {
      throw new ShapeException("needs [C, H, W] or [F], but got " + in);
    }
    return in;
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    return affine
        ? List.of(
            perChannel("weight", in, Initializer.ONES), perChannel("bias", in, Initializer.ZEROS))
        : List.of();
  }

  @Override
  public List<ParameterSpec> buffers(Shape in) {
    return List.of(
        perChannel("runningMean", in, Initializer.ZEROS),
        perChannel("runningVar", in, Initializer.ONES));
  }

  private static ParameterSpec perChannel(String name, Shape in, Initializer initializer) {
    return new ParameterSpec(name, Shape.of(in.channels()), initializer, 1, 1);
  }
}
