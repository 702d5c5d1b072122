package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.tensor.Shape;
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
    switch (pad.mode()) {
      case CONSTANT -> layer.result("Pad", List.of(pads, layer.scalar("value", pad.value())));
      case REFLECT -> layer.result("Pad", List.of(pads), attribute("mode", "reflect"));
      case REPLICATE -> layer.result("Pad", List.of(pads), attribute("mode", "edge"));
    }
  }

  static void upsample(LayerGraph layer) {
    Upsample2d up = layer.layer(Upsample2d.class);
    String name = layer.node().name() + "/scales";
    String scales =
        layer.graph().floats(name, new int[] {4}, 1, 1, up.scale().height(), up.scale().width());
    if (up.mode() == Upsample2d.Interpolation.BILINEAR) {
      layer.result(
          "Resize",
          List.of("", scales),
          attribute("mode", "linear"),
          attribute("coordinate_transformation_mode", "half_pixel"));
      return;
    }
    layer.result(
        "Resize",
        List.of("", scales),
        attribute("mode", "nearest"),
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"));
  }

  static void crop(LayerGraph layer) {
    Padding sides = layer.layer(Crop2d.class).cropping();
    Shape in = layer.input();
    slice(
        layer,
        new long[] {sides.top(), sides.left()},
        new long[] {in.height() - sides.bottom(), in.width() - sides.right()},
        2,
        3);
  }

  /** Adds a slice along these axes. */
  static void slice(LayerGraph layer, long[] from, long[] to, long... axes) {
    String name = layer.node().name();
    GraphWriter graph = layer.graph();
    layer.result(
        "Slice",
        List.of(
            graph.longs(name + "/starts", from),
            graph.longs(name + "/ends", to),
            graph.longs(name + "/axes", axes)));
  }

  static void reshape(LayerGraph layer) {
    Shape shape = layer.layer(Reshape.class).shape();
    layer.result("Reshape", List.of(sizes(layer, "shape", shape.toArray())));
  }

  /** Adds the sizes of a reshape that keeps the batch. */
  static String sizes(LayerGraph layer, String name, int... own) {
    long[] sizes = new long[own.length + 1];
    for (int i = 0; i < own.length; i++) {
      sizes[i + 1] = own[i];
    }
    return layer.graph().longs(layer.node().name() + "/" + name, sizes);
  }
}
