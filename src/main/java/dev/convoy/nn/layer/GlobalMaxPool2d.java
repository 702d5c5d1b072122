package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Takes the largest value of each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C]}. The first value in row-major order wins a tie, NaN
 * always wins. Source: Oquab et al., CVPR 2015.
 */
@PublicApi
public record GlobalMaxPool2d() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return GlobalAvgPool2d.perChannel(in);
  }

  /** The pooling of which this is the case of one window. */
  public MaxPool2d over(Shape in) {
    return new MaxPool2d(new Size(in.height(), in.width()), null, null, null, false);
  }
}
