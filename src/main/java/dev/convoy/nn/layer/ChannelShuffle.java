package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Deals the channels of each group out like cards, so that grouped convolutions after it see some
 * of every group.
 *
 * <p>Maps {@code [C, H, W]} to the same shape, and {@code [F]}, too: {@code y[j·groups + i] = x[i ·
 * C/groups + j]}. Source: Zhang et al., CVPR 2018 (ShuffleNet).
 *
 * @param groups parts of equal size that lie one behind the other, at least 1
 */
@PublicApi
public record ChannelShuffle(int groups) implements Layer {
  public ChannelShuffle {
    Check.positive(groups, "ChannelShuffle.groups");
  }

  @Override
  public Shape outputShape(Shape in) {
    if (in.channels() % groups != 0) {
      throw new ShapeException(
          "needs a multiple of " + groups + " channels (its groups), but got " + in);
    }
    return in;
  }
}
