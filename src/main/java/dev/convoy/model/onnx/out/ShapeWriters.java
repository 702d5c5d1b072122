package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Upsample2d;
import java.util.List;

/** Layers that change sizes, or nothing in use. */
final class ShapeWriters {
  private ShapeWriters() {}

  static void dropout(LayerGraph layer) {
    layer.result("Dropout", List.of(layer.scalar("ratio", layer.layer(Dropout.class).rate())));
  }

  /** ONNX has no dropout of whole channels, and in use it changes nothing. */
  static void dropout2d(LayerGraph layer) {
    layer.result("Identity");
  }

  static void pad(LayerGraph layer) {
    Pad2d pad = layer.layer(Pad2d.class);
    Padding sides = pad.padding();
    String name = layer.node().name() + "/pads";
    String pads =
        layer
            .graph()
            .longs(name, 0, 0, sides.top(), sides.left(), 0, 0, sides.bottom(), sides.right());
    layer.result("Pad", List.of(pads, layer.scalar("value", pad.value())));
  }

  static void upsample(LayerGraph layer) {
    Upsample2d up = layer.layer(Upsample2d.class);
    String name = layer.node().name() + "/scales";
    String scales =
        layer.graph().floats(name, new int[] {4}, 1, 1, up.scale().height(), up.scale().width());
    layer.result(
        "Resize",
        List.of("", scales),
        attribute("mode", "nearest"),
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"));
  }
}
