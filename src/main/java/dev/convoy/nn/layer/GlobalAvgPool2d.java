package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Takes the mean of each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C]}, or to {@code [C, 1, 1]}. Source: Lin et al., ICLR 2014.
 *
 * @param keepDimensions whether what comes out is an image, {@code [C, 1, 1]}, as for a convolution
 *     after it; false by default
 */
@PublicApi
public record GlobalAvgPool2d(boolean keepDimensions) implements Layer {
  /** Gives a vector of features, {@code [C]}. */
  public GlobalAvgPool2d() {
    this(false);
  }

  @Override
  public Shape outputShape(Shape in) {
    return perChannel(in, keepDimensions);
  }

  /** The pooling of which this is the case of one window. */
  public AvgPool2d over(Shape in) {
    return new AvgPool2d(new Size(in.height(), in.width()), null, null, false, null, null);
  }

  static Shape perChannel(Shape in, boolean keepDimensions) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return keepDimensions ? Shape.of(in.channels(), 1, 1) : Shape.of(in.channels());
  }
}
