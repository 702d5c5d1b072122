package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Layers that pool. */
final class PoolWriters {
  private PoolWriters() {}

  static void max(LayerGraph layer) {
    MaxPool2d pool = layer.layer(MaxPool2d.class);
    layer.result(
        "MaxPool",
        Border.of("kernel_shape", pool.kernel()),
        Border.of("strides", pool.stride()),
        Border.of("dilations", pool.dilation()),
        Border.of(pool.window(layer.input())).attributes());
  }

  static void average(LayerGraph layer) {
    AvgPool2d pool = layer.layer(AvgPool2d.class);
    Shape in = layer.input();
    Window window = pool.window(in);
    Border reached = Border.of(window);
    boolean isDivided = pool.divisor() != null;
    String from = layer.inputs().get(0);
    boolean countsBorder = isDivided || pool.countIncludePad();
    Border declared = declared(pool, window);
    if (!isDivided && countsBorder && !declared.equals(reached)) {
      // Cells of the border count, those that are there by rounding up alone do not.
      String pads =
          layer
              .graph()
              .longs(
                  layer.node().name() + "/pads",
                  0,
                  0,
                  declared.top(),
                  declared.left(),
                  0,
                  0,
                  declared.bottom(),
                  declared.right());
      from = layer.step("Pad", List.of(from, pads));
      reached =
          new Border(
              0, 0, reached.bottom() - declared.bottom(), reached.right() - declared.right());
      countsBorder = false;
    }
    String pooled = isDivided ? layer.graph().fresh(layer.node().name() + "/mean") : layer.output();
    layer
        .graph()
        .node(
            "AveragePool",
            pooled,
            List.of(from),
            Border.of("kernel_shape", pool.kernel()),
            Border.of("strides", pool.stride()),
            reached.attributes(),
            attribute("count_include_pad", countsBorder ? 1L : 0L));
    if (pool.divisor() != null) {
      double share = (double) pool.kernel().area() / pool.divisor();
      layer.resultOf("Mul", List.of(pooled, layer.scalar("share", share)));
    }
  }

  /** The border without what is there by rounding up; no more than windows reach. */
  private static Border declared(AvgPool2d pool, Window window) {
    Border reached = Border.of(window);
    if (!pool.ceilMode() || pool.padding().same()) {
      return reached;
    }
    return new Border(
        reached.top(),
        reached.left(),
        Math.min(pool.padding().bottom(), reached.bottom()),
        Math.min(pool.padding().right(), reached.right()));
  }

  static void global(LayerGraph layer, String kind) {
    String pooled = layer.step("Global" + kind + "Pool", layer.inputs());
    layer.resultOf("Flatten", List.of(pooled), attribute("axis", 1L));
  }
}
