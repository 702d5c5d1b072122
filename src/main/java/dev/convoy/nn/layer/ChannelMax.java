package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Takes the largest value over the channels at each position, as for attention to places.
 *
 * <p>Maps {@code [C, H, W]} to {@code [1, H, W]}. The first channel wins a tie, NaN always wins.
 * Source: Woo et al., ECCV 2018 (CBAM).
 */
@PublicApi
public record ChannelMax() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return ChannelMean.oneChannel(in);
  }
}
