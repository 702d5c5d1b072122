package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Cuts a border off each channel: the opposite of {@link Pad2d}.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, H - top - bottom, W - left - right]}; no gradient reaches
 * what was cut off.
 *
 * @param cropping the border's sides; {@code same} has no meaning here
 */
@PublicApi
public record Crop2d(Padding cropping) implements Layer {
  public Crop2d {
    Check.present(cropping, "Crop2d.cropping");
    if (cropping.same()) {
      throw new IllegalArgumentException(
          "Crop2d.cropping must be given by its sides, but was same");
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    long rows = (long) cropping.top() + cropping.bottom() + 1;
    long columns = (long) cropping.left() + cropping.right() + 1;
    if (!in.isImage() || in.height() < rows || in.width() < columns) {
      throw new ShapeException("needs [C, H>=" + rows + ", W>=" + columns + "], but got " + in);
    }
    return Shape.of(
        in.channels(), (int) (in.height() - rows + 1), (int) (in.width() - columns + 1));
  }
}
