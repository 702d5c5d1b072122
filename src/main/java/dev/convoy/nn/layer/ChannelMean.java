package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Takes the mean over the channels at each position, as for attention to places.
 *
 * <p>Maps {@code [C, H, W]} to {@code [1, H, W]}. Source: Woo et al., ECCV 2018 (CBAM).
 */
@PublicApi
public record ChannelMean() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return oneChannel(in);
  }

  static Shape oneChannel(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return Shape.of(1, in.height(), in.width());
  }
}
