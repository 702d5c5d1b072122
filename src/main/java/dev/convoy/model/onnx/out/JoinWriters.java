package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

/** Layers that make one of several inputs. */
final class JoinWriters {
  private JoinWriters() {}

  static void add(LayerGraph layer) {
    layer.resultOf(layer.inputs().size() == 2 ? "Add" : "Sum", layer.inputs());
  }

  static void concat(LayerGraph layer) {
    layer.resultOf("Concat", layer.inputs(), attribute("axis", 1L));
  }
}
