package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Makes each pixel a rectangle of its value (nearest neighbour).
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, H·scaleHeight, W·scaleWidth]}; the gradients of a
 * rectangle are summed.
 *
 * @param scale pixels that each becomes, down and across
 */
@PublicApi
public record Upsample2d(Size scale) implements Layer {
  public Upsample2d {
    Check.present(scale, "Upsample2d.scale");
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return Shape.of(
        in.channels(),
        Math.multiplyExact(in.height(), scale.height()),
        Math.multiplyExact(in.width(), scale.width()));
  }
}
