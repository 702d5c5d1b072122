package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.DepthToSpace.ChannelOrder;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** Operators that take a part, or lay channels out as pixels. */
final class PartReaders {
  private PartReaders() {}

  static void slice(Operator node, Reading reading) {
    int[] starts = reading.has(node, 1) ? reading.list(node, 1) : node.list("starts");
    int[] ends = reading.has(node, 2) ? reading.list(node, 2) : node.list("ends");
    if (starts == null || ends == null || starts.length != ends.length) {
      throw node.wrong("must say where it starts and ends");
    }
    int[] axes = reading.has(node, 3) ? reading.list(node, 3) : node.list("axes");
    axes = axes == null ? View.identity(starts.length) : axes;
    int[] steps = new int[starts.length];
    Arrays.fill(steps, 1);
    steps = reading.has(node, 4) ? reading.list(node, 4) : steps;
    if (axes.length != starts.length || !Arrays.stream(steps).allMatch(step -> step == 1)) {
      throw node.wrong("must take values in a row, one after the other");
    }
    Tensor tensor = reading.tensor(node, 0);
    for (int i = 0; i < starts.length; i++) {
      int rank = tensor.view().rank() + 1;
      int axis = axes[i] < 0 ? axes[i] + rank : axes[i];
      if (axis < 0 || axis >= rank) {
        throw node.wrong("must name axes that are there, but names " + axes[i]);
      }
      int size = axis == 0 ? reading.batch() : tensor.view().sizes()[axis - 1];
      int from = bound(starts[i], size);
      int to = bound(ends[i], size);
      if (from != 0 || to != size) {
        tensor = part(node, reading, tensor, axis, from, to);
      }
    }
    reading.put(node.output(), tensor);
  }

  private static int bound(int value, int size) {
    long place = value < 0 ? (long) value + size : value;
    return (int) Math.max(0, Math.min(size, place));
  }

  static void split(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int rank = tensor.view().rank() + 1;
    int axis = node.whole("axis", 0);
    axis = axis < 0 ? axis + rank : axis;
    if (axis < 1 || axis >= rank) {
      throw node.wrong("must keep examples apart, but its axis is " + axis);
    }
    int size = tensor.view().sizes()[axis - 1];
    int parts = node.outputs().size();
    int[] sizes = reading.has(node, 1) ? reading.list(node, 1) : node.list("split");
    if (sizes == null) {
      sizes = new int[parts];
      Arrays.fill(sizes, (size + parts - 1) / parts);
      sizes[parts - 1] = size - (parts - 1) * sizes[0];
    }
    long sum = Arrays.stream(sizes).asLongStream().sum();
    if (sizes.length != parts || sum != size || Arrays.stream(sizes).anyMatch(s -> s < 1)) {
      throw node.wrong(
          "must cut " + size + " into " + parts + ", but cuts " + Arrays.toString(sizes));
    }
    int from = 0;
    for (int i = 0; i < parts; i++) {
      // What nobody takes is no layer.
      if (reading.isTaken(node.outputs().get(i))) {
        reading.put(
            node.outputs().get(i), part(node, reading, tensor, axis, from, from + sizes[i]));
      }
      from += sizes[i];
    }
  }

  private static Tensor part(
      Operator node, Reading reading, Tensor tensor, int axis, int from, int to) {
    if (axis == 0 || from >= to) {
      throw node.wrong("must keep examples apart, and take one value at least");
    }
    Materials materials = reading.materials();
    Source source = materials.source(node, tensor);
    int[] order = tensor.view().order(source.shape);
    if (order == null) {
      boolean isFlat = tensor.view().rank() == 1;
      source = isFlat ? materials.vector(node, tensor) : materials.image(node, tensor);
      order = View.identity(source.shape.rank());
    }
    int own = order[axis - 1];
    Shape in = source.shape;
    Tensor made =
        own == 0
            ? reading.add(node, new Slice(from, to), source)
            : reading.add(
                node,
                new Crop2d(
                    own == 1
                        ? Padding.of(from, 0, in.height() - to, 0)
                        : Padding.of(0, from, 0, in.width() - to)),
                source);
    return Reading.ordered(made, order);
  }

  static void depthToSpace(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    int block = node.whole("blocksize", 0);
    boolean isCrd = node.text("mode", "DCR").equals("CRD");
    ChannelOrder order = isCrd ? ChannelOrder.CRD : ChannelOrder.DCR;
    DepthToSpace layer = ConvolutionReaders.made(node, () -> new DepthToSpace(block, order));
    reading.put(node.output(), reading.add(node, layer, in));
  }

  static void spaceToDepth(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    int block = node.whole("blocksize", 0);
    SpaceToDepth layer =
        ConvolutionReaders.made(node, () -> new SpaceToDepth(block, ChannelOrder.DCR));
    reading.put(node.output(), reading.add(node, layer, in));
  }
}
