package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.Locale;

/**
 * Puts a border around each channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, top + H + bottom, left + W + right]}. The gradient of the
 * inner pixels goes back as it is, and the border's is added to the pixels that it repeats.
 *
 * @param padding the border's sides; {@code same} has no meaning here
 * @param value of the border's pixels in the mode {@code constant}; 0 by default
 * @param mode what the border is made of; {@code CONSTANT} by default
 */
@PublicApi
public record Pad2d(Padding padding, float value, @Defaulted Border mode) implements Layer {
  /** What a border is made of. */
  public enum Border {
    /** Gives each pixel one value. */
    CONSTANT,
    /**
     * Mirrors the image at its outermost pixels, which are not repeated: narrower than the image.
     */
    REFLECT,
    /** Repeats the outermost pixels. */
    REPLICATE
  }

  /** A border of one value. */
  public Pad2d(Padding padding, float value) {
    this(padding, value, null);
  }

  public Pad2d {
    Check.present(padding, "Pad2d.padding");
    if (padding.same()) {
      throw new IllegalArgumentException("Pad2d.padding must be given by its sides, but was same");
    }
    mode = mode == null ? Border.CONSTANT : mode;
    if (mode != Border.CONSTANT && value != 0) {
      throw new IllegalArgumentException(
          "Pad2d.value has no meaning in the mode "
              + mode.name().toLowerCase(Locale.ROOT)
              + ", but was "
              + value);
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    int rows = Math.max(padding.top(), padding.bottom());
    int columns = Math.max(padding.left(), padding.right());
    if (mode == Border.REFLECT && (rows >= in.height() || columns >= in.width())) {
      throw new ShapeException(
          "needs [C, H>="
              + (rows + 1L)
              + ", W>="
              + (columns + 1L)
              + "], wider than the border that reflects it, but got "
              + in);
    }
    return Shape.of(
        in.channels(),
        Math.addExact(in.height(), Math.addExact(padding.top(), padding.bottom())),
        Math.addExact(in.width(), Math.addExact(padding.left(), padding.right())));
  }
}
