package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Makes an image larger: each pixel becomes a rectangle of its value, or values between pixels are
 * worked out.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, H·scaleHeight, W·scaleWidth]}; a pixel's gradient is the
 * sum of those that it had a share in.
 *
 * @param scale pixels that each becomes, down and across
 * @param mode how values between pixels are found; {@code NEAREST} by default
 */
@PublicApi
public record Upsample2d(Size scale, @Defaulted Interpolation mode) implements Layer {
  /** How values between pixels are found. */
  public enum Interpolation {
    /** Takes the nearest pixel. */
    NEAREST,
    /**
     * Takes the mean of the four pixels around, weighted by their nearness; pixels are areas, and
     * the image's edges stay where they are (PyTorch's {@code align_corners=False}).
     */
    BILINEAR
  }

  /** Repeats each pixel. */
  public Upsample2d(Size scale) {
    this(scale, null);
  }

  public Upsample2d {
    Check.present(scale, "Upsample2d.scale");
    mode = mode == null ? Interpolation.NEAREST : mode;
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
