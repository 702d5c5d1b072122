package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
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

  static void globalMean(LayerGraph layer) {
    global(layer, "GlobalAveragePool", layer.layer(GlobalAvgPool2d.class).keepDimensions());
  }

  static void globalMax(LayerGraph layer) {
    global(layer, "GlobalMaxPool", layer.layer(GlobalMaxPool2d.class).keepDimensions());
  }

  private static void global(LayerGraph layer, String operator, boolean keepsDimensions) {
    if (keepsDimensions) {
      layer.result(operator);
      return;
    }
    layer.resultOf("Flatten", List.of(layer.step(operator, layer.inputs())), attribute("axis", 1L));
  }

  /** ONNX has no windows of different sizes: they are products with a matrix of shares. */
  static void adaptive(LayerGraph layer) {
    AdaptiveAvgPool2d pool = layer.layer(AdaptiveAvgPool2d.class);
    Shape in = layer.input();
    if (pool.isRegular(in)) {
      AvgPool2d even = pool.over(in);
      layer.result(
          "AveragePool",
          Border.of("kernel_shape", even.kernel()),
          Border.of("strides", even.stride()));
      return;
    }
    int[] across = {in.width(), pool.size().width()};
    int[] down = {pool.size().height(), in.height()};
    String name = layer.node().name();
    String columns =
        layer.graph().floats(name + "/columns", across, shares(across[0], across[1], false));
    String rows = layer.graph().floats(name + "/rows", down, shares(down[1], down[0], true));
    String narrow = layer.step("MatMul", List.of(layer.inputs().get(0), columns));
    layer.resultOf("MatMul", List.of(rows, narrow));
  }

  /** The share of each pixel along a side in each window, windows as rows or as columns. */
  private static float[] shares(int pixels, int windows, boolean asRows) {
    float[] shares = new float[pixels * windows];
    for (int window = 0; window < windows; window++) {
      int from = (int) ((long) window * pixels / windows);
      int to = (int) (((window + 1L) * pixels + windows - 1) / windows);
      for (int i = from; i < to; i++) {
        shares[asRows ? window * pixels + i : i * windows + window] = 1f / (to - from);
      }
    }
    return shares;
  }
}
