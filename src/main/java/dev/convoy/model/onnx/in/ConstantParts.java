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
    boolean steps = reading.has(node, 4) && reading.list(node, 4)[0] != 1;
    boolean isList = data.dimensions().length == 1 && starts != null && ends != null;
    if (!isList || steps || starts.length != 1 || ends.length != 1) {
      return null;
    }
    int from = bound(starts[0], data.size());
    int to = Math.max(from, bound(ends[0], data.size()));
    Object values =
        data.isFloat()
            ? Arrays.copyOfRange(data.floats(), from, to)
            : Arrays.copyOfRange(data.longs(), from, to);
    return new Constant(new int[] {to - from}, values);
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
