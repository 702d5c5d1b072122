package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * Takes some of the channels: those from {@code from} up to, but without, {@code to}.
 *
 * <p>Maps {@code [C, H, W]} to {@code [to - from, H, W]}, and a vector of features {@code [F]} to
 * {@code [to - from]}. Two slices cut a map in halves: {@code {to: 32}} and {@code {from: 32}}.
 *
 * @param from the first channel, counted from 0; that is 0 where only {@code to} is given
 * @param to one past the last; the end where it is absent
 */
@PublicApi
public record Slice(@Defaulted Integer from, @Nullable Integer to) implements Layer {
  public Slice {
    if (from == null && to == null) {
      throw new IllegalArgumentException("Slice needs from or to, but got neither");
    }
    from = from == null ? 0 : Check.atLeast(from, 0, "Slice.from");
    if (to != null) {
      Check.atLeast(to, from + 1, "Slice.to");
    }
  }

  @Override
  public Shape outputShape(Shape in) {
    int end = to == null ? in.channels() : to;
    if (from >= in.channels() || end > in.channels()) {
      throw new ShapeException(
          "needs " + Math.max(from + 1L, end) + " channels or more, but got " + in);
    }
    int[] dimensions = in.toArray();
    dimensions[0] = end - from;
    return Shape.of(dimensions);
  }
}
