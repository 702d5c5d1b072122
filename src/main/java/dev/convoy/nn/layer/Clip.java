package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values within bounds: {@code y = min(max(x, min), max)}; NaN stays NaN. The slope is 1
 * between the bounds, and 0 on and beyond them. Keeps any shape. Source: Collobert, 2004 (hard
 * tanh: from -1 to 1).
 *
 * @param min least value that comes out; by default none
 * @param max largest value that comes out, above {@code min}; by default none, but one of both is
 *     needed
 */
@PublicApi
public record Clip(@Nullable Float min, @Nullable Float max) implements Layer {
  public Clip {
    if (min == null && max == null) {
      throw new IllegalArgumentException("Clip needs min, max or both, but has neither");
    } else if (min != null && max != null && !(min < max)) {
      throw new IllegalArgumentException(
          "Clip.max must be above its min, but were " + max + " and " + min);
    } else if (min != null && min.isNaN() || max != null && max.isNaN()) {
      throw new IllegalArgumentException(
          "Clip.min and max must be numbers, but were " + min + " and " + max);
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}
