package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Reads the same values as an image or a vector of another shape: the opposite of {@link Flatten},
 * as at the start of a decoder.
 *
 * <p>Maps any shape of as many values to {@code shape}, in row-major order.
 *
 * @param shape of what comes out, {@code [C, H, W]} or {@code [F]}
 */
@PublicApi
public record Reshape(Shape shape) implements Layer {
  public Reshape {
    Check.present(shape, "Reshape.shape");
    if (!shape.isImage() && shape.rank() != 1) {
      throw new IllegalArgumentException(
          "Reshape.shape must be [C, H, W] or [F], but was " + shape);
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    if (in.size() != shape.size()) {
      throw new ShapeException(
          "needs the " + shape.size() + " values of its shape " + shape + ", but got " + in);
    }
    return shape;
  }
}
