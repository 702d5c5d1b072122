package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Multiplies two inputs value by value: {@code y = x1 · x2}.
 *
 * <p>Maps two inputs of one shape to that shape, or a map {@code [C, H, W]} and its factors to the
 * map's shape, in either order: {@code [C]} or {@code [C, 1, 1]} weigh channels, {@code [1, H, W]}
 * positions. Each input's gradient is that of the output times the other input, summed over what
 * shares a factor. Source: Hu et al., CVPR 2018 (squeeze and excitation).
 */
@PublicApi
public record Multiply() implements Join {
  @Override
  public Shape outputShape(List<Shape> in) {
    if (in.size() != 2) {
      throw new ShapeException("takes two inputs, but 'inputs' names " + in.size());
    }
    Shape first = in.get(0);
    Shape second = in.get(1);
    if (first.equals(second) || weighs(second, first)) {
      return first;
    } else if (weighs(first, second)) {
      return second;
    }
    throw new ShapeException(
        "needs two inputs of one shape, or a map [C, H, W] and factors [C], [C, 1, 1] or [1, H, W],"
            + " but got "
            + first
            + " and "
            + second);
  }

  private static boolean weighs(Shape factors, Shape map) {
    return map.isImage() && (weighsChannels(factors, map) || weighsPositions(factors, map));
  }

  /** Returns whether there is one factor for each channel of a map. */
  public static boolean weighsChannels(Shape factors, Shape map) {
    return factors.channels() == map.channels() && factors.size() == map.channels();
  }

  private static boolean weighsPositions(Shape factors, Shape map) {
    return factors.isImage()
        && factors.channels() == 1
        && factors.height() == map.height()
        && factors.width() == map.width();
  }
}
