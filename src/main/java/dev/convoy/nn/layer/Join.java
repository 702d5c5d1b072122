package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/** A layer that makes one output of several inputs, which a job names by {@code inputs}. */
@PublicApi
public sealed interface Join extends Layer permits Add, Concat, Multiply {
  /**
   * The shape that comes out for one example whose inputs have these shapes.
   *
   * @param in at least two
   * @throws ShapeException if they do not go together; the message goes on after the layer's name
   */
  Shape outputShape(List<Shape> in);

  @Override
  default Shape outputShape(Shape in) {
    throw new ShapeException("needs two inputs or more, named by 'inputs', but got one");
  }
}
