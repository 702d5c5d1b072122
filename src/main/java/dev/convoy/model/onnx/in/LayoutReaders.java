package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.nn.layer.Dropout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that move no value: they change how values are counted. */
final class LayoutReaders {
  private LayoutReaders() {}

  /** The tensor's sizes with the batch in front. */
  private static int[] sizes(Reading reading, Tensor tensor) {
    int[] own = tensor.view().sizes();
    int[] all = new int[own.length + 1];
    all[0] = reading.batch();
    System.arraycopy(own, 0, all, 1, own.length);
    return all;
  }

  private static void put(Operator node, Reading reading, Tensor tensor, int[] sizes) {
    if (sizes.length == 0 || sizes[0] != reading.batch()) {
      throw node.wrong(
          "must keep examples apart: the first axis of what it gives must be the batch, but it"
              + " gives "
              + Arrays.toString(sizes));
    }
    View view = tensor.view().reshaped(Arrays.copyOfRange(sizes, 1, sizes.length));
    if (view == null) {
      throw node.wrong(
          "must give as many values, cut along axes, but makes "
              + Arrays.toString(sizes)
              + " of "
              + Arrays.toString(sizes(reading, tensor)));
    }
    if (sizes.length == 2 && tensor.source().flatName == null) {
      tensor.source().flatName = Reading.name(node, "");
    }
    reading.put(node.output(), tensor.with(view));
  }

  static void reshape(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int[] given = reading.has(node, 1) ? reading.list(node, 1) : node.list("shape", 1, -1);
    int[] from = sizes(reading, tensor);
    put(node, reading, tensor, Reshaping.sizes(node, from, given));
  }

  static void flatten(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int[] from = sizes(reading, tensor);
    int axis = node.whole("axis", 1);
    axis = axis < 0 ? axis + from.length : axis;
    if (axis != 1) {
      throw node.wrong("must keep examples apart, but its axis is " + axis);
    }
    put(node, reading, tensor, Reshaping.sizes(node, from, new int[] {0, -1}));
  }

  static void squeeze(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int[] from = sizes(reading, tensor);
    int[] axes = axes(node, reading);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      boolean isNamed = axes.length == 0 ? i > 0 && from[i] == 1 : has(axes, i, from.length);
      if (!isNamed) {
        sizes.add(from[i]);
      } else if (from[i] != 1) {
        throw node.wrong("must leave out axes of 1, but axis " + i + " is of " + from[i]);
      }
    }
    put(node, reading, tensor, sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  static void unsqueeze(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int[] from = sizes(reading, tensor);
    int[] axes = axes(node, reading);
    int rank = from.length + axes.length;
    int[] sizes = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      boolean isNew = has(axes, i, rank);
      if (!isNew && next == from.length) {
        throw node.wrong("must name each new axis once, but its axes are " + Arrays.toString(axes));
      }
      sizes[i] = isNew ? 1 : from[next++];
    }
    put(node, reading, tensor, sizes);
  }

  static int[] axes(Operator node, Reading reading) {
    if (reading.has(node, 1)) {
      return reading.list(node, 1);
    }
    int[] axes = node.list("axes");
    return axes == null ? new int[0] : axes;
  }

  static boolean has(int[] axes, int axis, int rank) {
    return Arrays.stream(axes).anyMatch(a -> a == axis || a + rank == axis);
  }

  static void transpose(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int rank = tensor.view().rank() + 1;
    int[] order = node.list("perm");
    if (order == null
        || order.length != rank
        || order[0] != 0
        || !Arrays.equals(Arrays.stream(order).sorted().toArray(), View.identity(rank))) {
      throw node.wrong(
          "must move axes other than the batch's, but its perm is " + Arrays.toString(order));
    }
    int[] own = new int[rank - 1];
    Arrays.setAll(own, i -> order[i + 1] - 1);
    reading.put(node.output(), tensor.with(tensor.view().transposed(own)));
  }

  static void same(Operator node, Reading reading) {
    reading.put(node.output(), reading.value(node, 0));
  }

  static void dropout(Operator node, Reading reading) {
    boolean isKnown = reading.has(node, 1) && reading.isConstant(node, 1);
    double rate = isKnown ? reading.number(node, 1) : node.real("ratio", 0.5f);
    if (!(rate > 0 && rate < 1)) {
      same(node, reading);
      return;
    }
    Tensor tensor = reading.tensor(node, 0);
    reading.put(node.output(), reading.materials().each(node, new Dropout((float) rate), tensor));
  }

  static void shape(Operator node, Reading reading) {
    int[] sizes = sizes(reading, reading.tensor(node, 0));
    int from = node.whole("start", 0);
    int to = node.whole("end", sizes.length);
    from = Math.max(0, Math.min(sizes.length, from < 0 ? from + sizes.length : from));
    to = Math.max(from, Math.min(sizes.length, to < 0 ? to + sizes.length : to));
    int[] asked = Arrays.copyOfRange(sizes, from, to);
    reading.put(node.output(), Constant.of(Arrays.stream(asked).asLongStream().toArray()));
  }
}
