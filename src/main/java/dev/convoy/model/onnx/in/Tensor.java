package dev.convoy.model.onnx.in;

import dev.convoy.tensor.Shape;

/**
 * Values that a layer gives, in the order in which the graph sees them.
 *
 * @param source that gives them
 * @param view of the source's values, without the batch
 */
record Tensor(Source source, View view) {
  Shape shape() {
    return source.shape;
  }

  Tensor with(View other) {
    return new Tensor(source, other);
  }

  boolean isOf(Tensor other) {
    return source == other.source && view.equals(other.view);
  }
}
