package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Normalises the channels of each position of each example: {@code y[c] = weight[c] · (x[c] - mean)
 * / sqrt(var + epsilon) + bias[c]}, with mean and (biased) variance over the channels there.
 *
 * <p>Keeps any shape {@code [C, H, W]} or {@code [F]}; training and use are the same. Parameters:
 * {@code weight [C]}, {@code bias [C]}. Source: Ba et al., 2016; over the channels of an image: Liu
 * et al., CVPR 2022 (ConvNeXt).
 *
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @param affine whether a weight and a bias are learnt; true by default
 */
@PublicApi
public record LayerNorm(@Defaulted Float epsilon, @Defaulted Boolean affine) implements Layer {
  public LayerNorm {
    epsilon = epsilon == null ? 1e-5f : epsilon;
    affine = affine == null || affine;
    Check.positive((float) epsilon, "LayerNorm.epsilon");
  }

  /** All by default. */
  public LayerNorm() {
    this(null, null);
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
    return affine ? GroupNorm.weightAndBias(in) : List.of();
  }
}
