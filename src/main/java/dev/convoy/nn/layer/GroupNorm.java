package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Normalises groups of neighbouring channels of each example: {@code y = weight[c] · (x - mean) /
 * sqrt(var + epsilon) + bias[c]}, with mean and (biased) variance over all values of the group. One
 * group normalises the whole example, as many as channels each channel (instance norm).
 *
 * <p>Keeps any shape {@code [C, H, W]} or {@code [F]}; training and use are the same. Parameters:
 * {@code weight [C]}, {@code bias [C]}. Source: Wu and He, ECCV 2018.
 *
 * @param groups parts into which the channels are cut, at least 1
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @param affine whether a weight and a bias are learnt; true by default
 */
@PublicApi
public record GroupNorm(int groups, @Defaulted Float epsilon, @Defaulted Boolean affine)
    implements Layer {
  public GroupNorm {
    Check.positive(groups, "GroupNorm.groups");
    epsilon = epsilon == null ? 1e-5f : epsilon;
    affine = affine == null || affine;
    Check.positive((float) epsilon, "GroupNorm.epsilon");
  }

  /** So many groups, all else by default. */
  public static GroupNorm of(int groups) {
    return new GroupNorm(groups, null, null);
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage() && in.rank() != 1) {
      throw new ShapeException("needs [C, H, W] or [F], but got " + in);
    } else if (in.channels() % groups != 0) {
      throw new ShapeException(
          "needs a multiple of " + groups + " channels (its groups), but got " + in);
    }
    return in;
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    return affine ? weightAndBias(in) : List.of();
  }

  static List<ParameterSpec> weightAndBias(Shape in) {
    Shape channels = Shape.of(in.channels());
    return List.of(
        new ParameterSpec("weight", channels, Initializer.ONES, 1, 1),
        new ParameterSpec("bias", channels, Initializer.ZEROS, 1, 1));
  }
}
