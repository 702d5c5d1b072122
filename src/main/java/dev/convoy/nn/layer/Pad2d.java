package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Puts a border around each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, top + H + bottom, left + W + right]}; the gradient of the
 * inner pixels goes back as it is.
 *
 * @param padding the border's sides; {@code same} has no meaning here
 * @param value of the border's pixels; 0 by default
 */
@PublicApi
public record Pad2d(Padding padding, float value) implements Layer {
  public Pad2d {
    Check.present(padding, "Pad2d.padding");
    if (padding.same()) {
      throw new IllegalArgumentException("Pad2d.padding must be given by its sides, but was same");
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    return Shape.of(
        in.channels(),
        Math.addExact(in.height(), Math.addExact(padding.top(), padding.bottom())),
        Math.addExact(in.width(), Math.addExact(padding.left(), padding.right())));
  }
}
