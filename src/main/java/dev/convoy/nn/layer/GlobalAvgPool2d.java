package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Takes the mean of each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C]}. Source: Lin et al., ICLR 2014.
 */
@PublicApi
public record GlobalAvgPool2d() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return perChannel(in);
  }

  /** The pooling of which this is the case of one window. */
  public AvgPool2d over(Shape in) {
    return new AvgPool2d(new Size(in.height(), in.width()), null, null, false, null, null);
  }

  static Shape perChannel(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return Shape.of(in.channels());
  }
}
