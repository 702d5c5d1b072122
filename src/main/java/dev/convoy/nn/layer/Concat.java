package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Lays its inputs one behind the other, channel by channel, in the order in which they are named.
 *
 * <p>Maps {@code [C1, H, W], [C2, H, W], ...} to {@code [C1 + C2 + ..., H, W]}, and vectors of
 * features {@code [F1], [F2], ...} to {@code [F1 + F2 + ...]}. Source: Szegedy et al., CVPR 2015.
 */
@PublicApi
public record Concat() implements Join {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shape first = in.get(0);
    long channels = 0;
    for (Shape shape : in) {
      if (shape.rank() != first.rank()
          || shape.height() != first.height()
          || shape.width() != first.width()) {
        throw new ShapeException(
            "needs inputs of one height and width, but got " + first + " and " + shape);
      }
      channels += shape.channels();
    }
    int[] dimensions = first.toArray();
    dimensions[0] = Math.toIntExact(channels);
    return Shape.of(dimensions);
  }
}
