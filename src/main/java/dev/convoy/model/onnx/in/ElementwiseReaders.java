package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators on each value by itself, and on two values. */
final class ElementwiseReaders {
  /** Larger expressions are made layers on the way, so that none takes long to tell. */
  private static final int MOST_NODES = 64;

  private ElementwiseReaders() {}

  static void unary(Operator node, Reading reading) {
    DoubleUnaryOperator function = Functions.of(node, reading);
    if (function == null) {
      throw node.wrong("is no function of each value that Convoy knows");
    }
    put(node, reading, reading.expression(node, 0).then(node, function));
  }

  private static void put(Operator node, Reading reading, Expression expression) {
    boolean isLong = expression.weight > MOST_NODES;
    reading.put(node.output(), isLong ? reading.materials().tensor(expression) : expression);
  }

  static void binary(Operator node, Reading reading) {
    if (reading.isConstant(node, 0) || reading.isConstant(node, 1)) {
      withConstant(node, reading, reading.isConstant(node, 1));
      return;
    }
    Object one = reading.value(node, 0);
    Object other = reading.value(node, 1);
    if (!(one instanceof Affine) && !(other instanceof Affine)) {
      Expression a = reading.expression(node, 0);
      Expression b = reading.expression(node, 1);
      if (a.base.isOf(b.base)) {
        put(node, reading, a.with(b, node, function(node)));
        return;
      }
    }
    List<Tensor> parts = List.of(reading.tensor(node, 0), reading.tensor(node, 1));
    reading.put(
        node.output(), JoinReaders.join(node, parts, reading.sketch(), reading.materials()));
  }

  private static void withConstant(Operator node, Reading reading, boolean isFirst) {
    Constant constant = reading.constant(node, isFirst ? 1 : 0);
    Object value = reading.value(node, isFirst ? 0 : 1);
    boolean isNumber = constant.size() == 1;
    if (isNumber && !(value instanceof Affine)) {
      double number = constant.floats()[0];
      Expression.Binary function = function(node);
      Expression x = reading.expression(node, isFirst ? 0 : 1);
      DoubleUnaryOperator each =
          isFirst ? v -> function.apply(v, number) : v -> function.apply(number, v);
      put(node, reading, x.then(node, each));
      return;
    }
    Affine affine =
        value instanceof Affine found
            ? found
            : affine(node, reading, reading.tensor(node, isFirst ? 0 : 1));
    float[] numbers = constant.floats();
    if (!isNumber) {
      checkPerChannel(node, affine.base, dimensions(node, constant, affine.base));
    }
    reading.put(node.output(), affine.then(node, numbers, isFirst));
  }

  private static Affine affine(Operator node, Reading reading, Tensor tensor) {
    Tensor base = tensor;
    if (tensor.view().rank() == 1) {
      Source flat = reading.materials().vector(node, tensor);
      base = new Tensor(flat, View.of(flat.shape));
    }
    int channels = reading.materials().source(node, base).shape.channels();
    reading.claim(node, 2L * channels);
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    return new Affine(base, node, ones, new double[channels]);
  }

  /** The constant's dimensions beside the tensor's, the batch left out. */
  private static int[] dimensions(Operator node, Constant constant, Tensor tensor) {
    int rank = tensor.view().rank() + 1;
    int[] given = constant.dimensions();
    int[] all = new int[rank];
    Arrays.fill(all, 1);
    // Before version 7, a constant's first axis was said; since then, the last ones meet.
    boolean isOld = node.version() < 7;
    int from = isOld ? node.whole("axis", rank - given.length) : rank - given.length;
    if (from < 0 || from + given.length > rank) {
      throw node.wrong("must take a constant of at most " + rank + " axes");
    }
    System.arraycopy(given, 0, all, from, given.length);
    if (all[0] != 1) {
      throw node.wrong("must not take a constant that differs from example to example");
    }
    return Arrays.copyOfRange(all, 1, rank);
  }

  private static void checkPerChannel(Operator node, Tensor base, int[] dimensions) {
    Shape shape = imageLike(base);
    int @Nullable [] order = base.view().order(shape);
    for (int i = 0; i < dimensions.length; i++) {
      boolean isChannel = order != null && order[i] == 0 && dimensions[i] == shape.dimension(0);
      if (dimensions[i] != 1 && !isChannel) {
        throw node.wrong(
            "must take a number, or one of each channel, but takes "
                + Arrays.toString(dimensions)
                + " with "
                + Materials.shown(base.view().sizes()));
      }
    }
  }

  /** A tensor's shape, that of what is pooled as its view has it. */
  static Shape imageLike(Tensor tensor) {
    Shape shape = tensor.shape();
    return tensor.source().pooled != null && tensor.view().rank() == 3
        ? Shape.of(shape.channels(), 1, 1)
        : shape;
  }

  private static Expression.Binary function(Operator node) {
    return switch (node.type()) {
      case "Add" -> (a, b) -> a + b;
      case "Sub" -> (a, b) -> a - b;
      case "Mul" -> (a, b) -> a * b;
      case "Div" -> (a, b) -> a / b;
      case "Pow" -> StrictMath::pow;
      case "Max" -> Math::max;
      case "Min" -> Math::min;
      default -> throw node.wrong("is no function of two values that Convoy knows");
    };
  }
}
