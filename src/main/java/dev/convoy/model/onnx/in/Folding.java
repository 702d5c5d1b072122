package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import onnx.Onnx.AttributeProto;
import org.jspecify.annotations.Nullable;

/** Computes what depends on constants alone. */
final class Folding {
  private static final Map<String, Expression.Binary> BINARY =
      Map.of(
          "Add", (a, b) -> a + b,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Div", (a, b) -> a / b,
          "Pow", StrictMath::pow,
          "Max", Math::max,
          "Min", Math::min);

  private Folding() {}

  /** What a node gives for constants; null if that is not known. */
  static @Nullable Constant of(Operator node, List<Constant> in, Reading reading) {
    Constant first = in.get(0);
    switch (node.type()) {
      case "Identity", "Dropout" -> {
        return first;
      }
      case "Cast" -> {
        return cast(node, first, reading);
      }
      case "Shape" -> {
        return Constant.of(Arrays.stream(first.dimensions()).asLongStream().toArray());
      }
      case "Reshape" -> {
        int[] to = in.size() > 1 ? reading.list(node, 1) : node.list("shape", 1, -1);
        return first.reshaped(Reshaping.sizes(node, first.dimensions(), to));
      }
      case "Flatten" -> {
        int axis = Math.max(0, Math.min(first.dimensions().length, node.whole("axis", 1)));
        int rows = size(Arrays.copyOf(first.dimensions(), axis));
        return first.reshaped(rows, first.size() / Math.max(1, rows));
      }
      case "Squeeze", "Unsqueeze" -> {
        return squeezed(node, first, reading);
      }
      case "ConstantOfShape" -> {
        return filled(node, reading);
      }
      case "Concat", "Gather", "Slice", "Transpose" -> {
        return ConstantParts.of(node, in, reading);
      }
      default -> {
        return elementwise(node, in, reading);
      }
    }
  }

  private static Constant cast(Operator node, Constant value, Reading reading) {
    int type = node.whole("to", 1);
    boolean isFloat = type == 1 || type == 10 || type == 11 || type == 16;
    if (isFloat != value.isFloat()) {
      reading.claim(node, value.size());
    }
    return new Constant(value.dimensions(), isFloat ? value.floats() : value.longs());
  }

  private static Constant squeezed(Operator node, Constant value, Reading reading) {
    int[] from = value.dimensions();
    int[] axes = LayoutReaders.axes(node, reading);
    boolean adds = node.type().equals("Unsqueeze");
    int rank = from.length + (adds ? axes.length : 0);
    List<Integer> sizes = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      boolean isNamed = LayoutReaders.has(axes, i, rank);
      if (adds) {
        if (!isNamed && next == from.length) {
          throw node.wrong("must name each new axis once");
        }
        sizes.add(isNamed ? 1 : from[next++]);
      } else if (axes.length == 0 ? from[i] != 1 : !isNamed) {
        sizes.add(from[i]);
      }
    }
    int[] to = sizes.stream().mapToInt(Integer::intValue).toArray();
    if (size(to) != value.size()) {
      throw node.wrong("must leave out axes of 1 alone");
    }
    return value.reshaped(to);
  }

  private static Constant filled(Operator node, Reading reading) {
    int[] sizes = reading.list(node, 0);
    long count = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw node.wrong("must have sizes of at least 0");
      }
      count = Math.min(count * size, Integer.MAX_VALUE);
    }
    reading.claim(node, count);
    AttributeProto value = node.attribute("value");
    float number = value == null ? 0 : reading.tensor(node, value.getT()).floats()[0];
    boolean isFloat = value == null || reading.tensor(node, value.getT()).isFloat();
    float[] floats = new float[(int) count];
    Arrays.fill(floats, number);
    Constant filled = Constant.of(sizes, floats);
    return isFloat ? filled : new Constant(sizes, filled.longs());
  }

  private static @Nullable Constant elementwise(Operator node, List<Constant> in, Reading reading) {
    Constant first = in.get(0);
    DoubleUnaryOperator function = Functions.of(node, reading);
    if (function != null) {
      reading.claim(node, first.size());
      float[] values = first.floats().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) function.applyAsDouble(values[i]);
      }
      Constant result = Constant.of(first.dimensions(), values);
      return first.isFloat() ? result : new Constant(first.dimensions(), result.longs());
    }
    Expression.Binary binary = BINARY.get(node.type());
    if (binary == null || in.size() != 2) {
      return null;
    }
    return binary(node, first, in.get(1), binary, reading);
  }

  private static Constant binary(
      Operator node, Constant a, Constant b, Expression.Binary function, Reading reading) {
    int[] sizes = broadcast(node, a.dimensions(), b.dimensions());
    long count = 1;
    for (int size : sizes) {
      count = Math.min(count * size, Integer.MAX_VALUE);
    }
    reading.claim(node, count);
    boolean isFloat = a.isFloat() || b.isFloat();
    float[] floats = new float[isFloat ? (int) count : 0];
    long[] longs = new long[isFloat ? 0 : (int) count];
    float[] x = isFloat ? a.floats() : new float[0];
    float[] y = isFloat ? b.floats() : new float[0];
    for (int i = 0; i < count; i++) {
      int atA = place(i, sizes, a.dimensions());
      int atB = place(i, sizes, b.dimensions());
      if (isFloat) {
        floats[i] = (float) function.apply(x[atA], y[atB]);
      } else if (node.type().equals("Div") && b.longs()[atB] != 0) {
        longs[i] = a.longs()[atA] / b.longs()[atB];
      } else {
        longs[i] = (long) function.apply(a.longs()[atA], b.longs()[atB]);
      }
    }
    return new Constant(sizes, isFloat ? floats : longs);
  }

  private static int[] broadcast(Operator node, int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int one = i < rank - a.length ? 1 : a[i - (rank - a.length)];
      int other = i < rank - b.length ? 1 : b[i - (rank - b.length)];
      if (one != other && one != 1 && other != 1) {
        throw node.wrong(
            "must take constants that broadcast, but takes "
                + Arrays.toString(a)
                + " and "
                + Arrays.toString(b));
      }
      sizes[i] = one == 1 ? other : one;
    }
    return sizes;
  }

  /** Where the value lies in a tensor that is broadcast to these sizes. */
  private static int place(int index, int[] sizes, int[] own) {
    int place = 0;
    int stride = 1;
    int rest = index;
    for (int i = sizes.length - 1; i >= sizes.length - own.length; i--) {
      int size = own[i - (sizes.length - own.length)];
      place += size == 1 ? 0 : rest % sizes[i] * stride;
      rest /= sizes[i];
      stride *= size;
    }
    return place;
  }

  static int size(int[] dimensions) {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    return size;
  }
}
