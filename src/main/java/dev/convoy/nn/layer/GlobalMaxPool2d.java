package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Takes the largest value of each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C]}, or to {@code [C, 1, 1]}. The first value in row-major
 * order wins a tie, NaN always wins. Source: Oquab et al., CVPR 2015.
 *
 * @param keepDimensions whether what comes out is an image, {@code [C, 1, 1]}, as for a convolution
 *     after it; false by default
 */
@PublicApi
public record GlobalMaxPool2d(boolean keepDimensions) implements Layer {
  /** Gives a vector of features, {@code [C]}. */
  public GlobalMaxPool2d() {
    this(false);
  }

  @Override
  public Shape outputShape(Shape in) {
    return GlobalAvgPool2d.perChannel(in, keepDimensions);
  }

  /** The pooling of which this is the case of one window. */
  public MaxPool2d over(Shape in) {
    return new MaxPool2d(new Size(in.height(), in.width()), null, null, null, false);
  }
}
