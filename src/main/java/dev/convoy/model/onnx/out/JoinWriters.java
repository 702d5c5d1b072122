package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers that make one of several inputs. */
final class JoinWriters {
  private JoinWriters() {}

  static void add(LayerGraph layer) {
    layer.resultOf(layer.inputs().size() == 2 ? "Add" : "Sum", layer.inputs());
  }

  /** Factors [C] get the axes of the map, as ONNX broadcasts from the last axis on. */
  static void multiply(LayerGraph layer) {
    Shape out = layer.node().output();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < layer.inputs().size(); i++) {
      String value = layer.inputs().get(i);
      Shape shape = layer.node().inputs().get(i);
      if (out.isImage() && !shape.isImage()) {
        String sizes = ShapeWriters.sizes(layer, "factors", new int[] {shape.channels(), 1, 1});
        value = layer.step("Reshape", List.of(value, sizes));
      }
      values.add(value);
    }
    layer.resultOf("Mul", values);
  }

  static void concat(LayerGraph layer) {
    layer.resultOf("Concat", layer.inputs(), attribute("axis", 1L));
  }
}
