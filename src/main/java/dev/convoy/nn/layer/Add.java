package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Adds its inputs value by value, in the order in which they are named: {@code y = x1 + x2 + ...}.
 *
 * <p>Maps inputs of one shape to that shape. Its gradient goes back to each input as it is. Source:
 * He et al., CVPR 2016 (residual connections).
 */
@PublicApi
public record Add() implements Join {
  @Override
  public Shape outputShape(List<Shape> in) {
    for (Shape shape : in) {
      if (!shape.equals(in.get(0))) {
        throw new ShapeException(
            "needs inputs of one shape, but got " + in.get(0) + " and " + shape);
      }
    }
    return in.get(0);
  }
}
