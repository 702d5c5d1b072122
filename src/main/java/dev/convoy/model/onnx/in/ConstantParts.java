package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes constants apart, and puts them together. */
final class ConstantParts {
  private ConstantParts() {}

  static @Nullable Constant of(Operator node, List<Constant> in, Reading reading) {
    return switch (node.type()) {
      case "Concat" -> concat(node, in, reading);
      case "Gather" -> gather(node, in.get(0), in.get(1));
      case "Slice" -> slice(node, in.get(0), reading);
      case "Transpose" -> transposed(node, in.get(0), reading);
      default -> null;
    };
  }

  /** Lists alone: they are what shapes are made of. */
  private static @Nullable Constant concat(Operator node, List<Constant> in, Reading reading) {
    int count = 0;
    boolean isFloat = false;
    for (Constant part : in) {
      if (part.dimensions().length != 1) {
        return null;
      }
      reading.claim(node, part.size());
      count += part.size();
      isFloat |= part.isFloat();
    }
    float[] floats = new float[isFloat ? count : 0];
    long[] longs = new long[isFloat ? 0 : count];
    int at = 0;
    for (Constant part : in) {
      Object from = isFloat ? part.floats() : part.longs();
      System.arraycopy(from, 0, isFloat ? floats : longs, at, part.size());
      at += part.size();
    }
    return new Constant(new int[] {count}, isFloat ? floats : longs);
  }

  private static @Nullable Constant gather(Operator node, Constant data, Constant indices) {
    if (data.dimensions().length != 1 || indices.dimensions().length > 1) {
      return null;
    }
    long[] places = indices.longs();
    float[] floats = new float[data.isFloat() ? places.length : 0];
    long[] longs = new long[data.isFloat() ? 0 : places.length];
    for (int i = 0; i < places.length; i++) {
      long place = places[i] < 0 ? places[i] + data.size() : places[i];
      if (place < 0 || place >= data.size()) {
        throw node.wrong("must take values that are there, but takes value " + places[i]);
      }
      if (data.isFloat()) {
        floats[i] = data.floats()[(int) place];
      } else {
        longs[i] = data.longs()[(int) place];
      }
    }
    return new Constant(indices.dimensions(), data.isFloat() ? floats : longs);
  }

  private static @Nullable Constant slice(Operator node, Constant data, Reading reading) {
    int[] starts = reading.has(node, 1) ? reading.list(node, 1) : node.list("starts");
    int[] ends = reading.has(node, 2) ? reading.list(node, 2) : node.list("ends");
    if (starts == null || ends == null || starts.length != ends.length) {
      return null;
    }
    int[] axes = reading.has(node, 3) ? reading.list(node, 3) : node.list("axes");
    axes = axes == null ? View.identity(starts.length) : axes;
    int[] steps = reading.has(node, 4) ? reading.list(node, 4) : null;
    int rank = data.dimensions().length;
    int[] first = new int[rank];
    int[] each = new int[rank];
    Arrays.fill(each, 1);
    int[] sizes = data.dimensions().clone();
    for (int i = 0; i < starts.length; i++) {
      int axis = i < axes.length ? (axes[i] < 0 ? axes[i] + rank : axes[i]) : -1;
      int step = steps == null ? 1 : i < steps.length ? steps[i] : 0;
      if (axis < 0 || axis >= rank || step == 0) {
        return null;
      }
      int size = data.dimensions()[axis];
      int from = step > 0 ? bound(starts[i], size) : Math.min(bound(starts[i], size), size - 1);
      // Backwards, the end may lie before the first value.
      int to = step > 0 || ends[i] >= -size ? bound(ends[i], size) : -1;
      first[axis] = from;
      each[axis] = step;
      long reach = step > 0 ? (long) to - from : (long) from - to;
      sizes[axis] = (int) Math.max(0, (reach + Math.abs((long) step) - 1) / Math.abs((long) step));
    }
    return picked(node, data, sizes, first, each, reading);
  }

  private static Constant picked(
      Operator node, Constant data, int[] sizes, int[] first, int[] each, Reading reading) {
    int count = Folding.size(sizes);
    reading.claim(node, count);
    float[] floats = new float[data.isFloat() ? count : 0];
    long[] longs = new long[data.isFloat() ? 0 : count];
    for (int i = 0; i < count; i++) {
      int rest = i;
      int place = 0;
      int stride = 1;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        place += (first[axis] + rest % sizes[axis] * each[axis]) * stride;
        rest /= sizes[axis];
        stride *= data.dimensions()[axis];
      }
      if (data.isFloat()) {
        floats[i] = data.floats()[place];
      } else {
        longs[i] = data.longs()[place];
      }
    }
    return new Constant(sizes, data.isFloat() ? floats : longs);
  }

  private static int bound(int value, int size) {
    long place = value < 0 ? (long) value + size : value;
    return (int) Math.max(0, Math.min(size, place));
  }

  private static Constant transposed(Operator node, Constant data, Reading reading) {
    int[] from = data.dimensions();
    int[] reversed = View.identity(from.length);
    Arrays.setAll(reversed, i -> from.length - 1 - i);
    int[] found = node.list("perm");
    int[] order = found == null ? reversed : found;
    if (!Arrays.equals(Arrays.stream(order).sorted().toArray(), View.identity(from.length))) {
      throw node.wrong("must name each axis once, but its perm is " + Arrays.toString(order));
    }
    reading.claim(node, data.size());
    int[] strides = new int[from.length];
    int stride = 1;
    for (int i = from.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= from[i];
    }
    int[] to = new int[from.length];
    Arrays.setAll(to, i -> from[order[i]]);
    float[] floats = new float[data.isFloat() ? data.size() : 0];
    long[] longs = new long[data.isFloat() ? 0 : data.size()];
    for (int i = 0; i < data.size(); i++) {
      int rest = i;
      int place = 0;
      for (int axis = to.length - 1; axis >= 0; axis--) {
        place += rest % to[axis] * strides[order[axis]];
        rest /= to[axis];
      }
      if (data.isFloat()) {
        floats[i] = data.floats()[place];
      } else {
        longs[i] = data.longs()[place];
      }
    }
    return new Constant(to, data.isFloat() ? floats : longs);
  }
}
