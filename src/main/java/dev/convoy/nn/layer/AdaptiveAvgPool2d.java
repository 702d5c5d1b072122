package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Takes means of windows that are made to fit, so that images of any size come out at one size.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, size]}. Output row m is of the rows from {@code floor(m·H
 * / OH)} up to, but without, {@code ceil((m + 1)·H / OH)}; columns likewise. An image of that size
 * already stays as it is, and a smaller one is spread.
 *
 * @param size height and width of what comes out
 */
@PublicApi
public record AdaptiveAvgPool2d(Size size) implements Layer {
  public AdaptiveAvgPool2d {
    Check.present(size, "AdaptiveAvgPool2d.size");
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return Shape.of(in.channels(), size.height(), size.width());
  }

  /** Returns whether windows of one size lie side by side. */
  public boolean isRegular(Shape in) {
    return in.height() % size.height() == 0 && in.width() % size.width() == 0;
  }

  /**
   * Returns the pooling of which this is the case, where windows are {@link #isRegular regular}.
   */
  public AvgPool2d over(Shape in) {
    Size kernel = new Size(in.height() / size.height(), in.width() / size.width());
    return new AvgPool2d(kernel, null, null, false, null, null);
  }
}
