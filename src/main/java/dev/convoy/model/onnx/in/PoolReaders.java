package dev.convoy.model.onnx.in;

import dev.convoy.model.ModelException;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.ChannelMax;
import dev.convoy.nn.layer.ChannelMean;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Operators that pool, and means over pictures. */
final class PoolReaders {
  private PoolReaders() {}

  static void pool(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    int[] kernel = node.list("kernel_shape");
    if (kernel == null || kernel.length != 2 || kernel[0] < 1 || kernel[1] < 1) {
      throw node.wrong("must have a kernel_shape of two sides, each at least 1");
    }
    Windows windows = Windows.of(node, new Size(kernel[0], kernel[1]), in.shape);
    boolean rounds = node.whole("ceil_mode", 0) != 0;
    boolean isMax = node.type().equals("MaxPool");
    if (isMax && node.outputs().size() > 1 && !node.outputs().get(1).isEmpty()) {
      throw node.wrong("must give values alone, but gives their places, too");
    } else if (!isMax && windows.dilation().area() != 1) {
      throw node.wrong("must have no dilations");
    }
    boolean counts = node.whole("count_include_pad", 0) != 0;
    Layer layer =
        ConvolutionReaders.made(
            node,
            () ->
                isMax
                    ? new MaxPool2d(
                        windows.kernel(),
                        windows.stride(),
                        windows.padding(),
                        windows.dilation(),
                        rounds)
                    : new AvgPool2d(
                        windows.kernel(),
                        windows.stride(),
                        windows.padding(),
                        rounds,
                        counts,
                        null));
    reading.put(node.output(), reading.add(node, layer, in));
  }

  static void global(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    boolean isMean = node.type().equals("GlobalAveragePool");
    Tensor of = new Tensor(in, View.of(in.shape));
    reading.put(
        node.output(), pooled(node, of, isMean, View.of(Shape.of(in.shape.channels(), 1, 1))));
  }

  private static Tensor pooled(Operator node, Tensor of, boolean isMean, View view) {
    Source.Pooled pooled = new Source.Pooled(of, isMean, Reading.name(node, ""));
    return new Tensor(new Source(pooled, of.shape().channels()), view);
  }

  static void reduce(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    Source in = reading.materials().source(node, tensor);
    int rank = tensor.view().rank() + 1;
    int @Nullable [] listed = reading.has(node, 1) ? reading.list(node, 1) : node.list("axes");
    int[] axes = listed == null ? View.identity(rank) : listed.clone();
    for (int i = 0; i < axes.length; i++) {
      axes[i] += axes[i] < 0 ? rank : 0;
    }
    Arrays.sort(axes);
    int[] order = tensor.view().order(in.shape);
    boolean isMean = node.type().equals("ReduceMean");
    if (order == null || order.length != 3 || !areThere(axes)) {
      throw ofOther(node, axes);
    }
    if (axes.length == 1 && order[axes[0] - 1] == 0 && node.whole("keepdims", 1) != 0) {
      Tensor made = reading.add(node, isMean ? new ChannelMean() : new ChannelMax(), in);
      reading.put(node.output(), Reading.ordered(made, order));
      return;
    } else if (axes.length != 2 || order[axes[0] - 1] == 0 || order[axes[1] - 1] == 0) {
      throw ofOther(node, axes);
    }
    boolean keeps = node.whole("keepdims", 1) != 0;
    Shape single = Shape.of(in.shape.channels(), 1, 1);
    View view = keeps ? View.of(single, order) : View.of(Shape.of(in.shape.channels()));
    Tensor of = new Tensor(in, View.of(in.shape));
    reading.put(node.output(), pooled(node, of, isMean, view));
  }

  /** Whether sorted axes are axes of a picture, each once. */
  private static boolean areThere(int[] axes) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] < 1 || axes[i] > 3 || i > 0 && axes[i] == axes[i - 1]) {
        return false;
      }
    }
    return axes.length > 0;
  }

  private static ModelException ofOther(Operator node, int[] axes) {
    return node.wrong(
        "must be over height and width, or over channels that stay an axis, but its axes are "
            + Arrays.toString(axes));
  }
}
