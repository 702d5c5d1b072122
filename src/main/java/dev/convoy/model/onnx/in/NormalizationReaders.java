package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Operators that normalize. */
final class NormalizationReaders {
  private NormalizationReaders() {}

  static void batchNorm(Operator node, Reading reading) {
    if (node.whole("training_mode", 0) != 0) {
      throw node.wrong("must be for use, but has training_mode");
    }
    Tensor tensor = reading.tensor(node, 0);
    Source in = tensor.view().rank() == 1 ? reading.vector(node, 0) : reading.image(node, 0);
    float keeps = node.real("momentum", 0.9f);
    // Six digits: what float makes of 1 - 0.9 is no 0.1.
    float share = Math.round((1 - keeps) * 1e6f) / 1e6f;
    float momentum = share > 0 && share <= 1 ? share : 0.1f;
    BatchNorm2d norm =
        ConvolutionReaders.made(
            node, () -> new BatchNorm2d(node.real("epsilon", 1e-5f), momentum, true));
    float[][] tensors = new float[4][];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = reading.constant(node, i + 1).floats();
    }
    String name = Reading.name(node, node.input(1));
    reading.put(node.output(), reading.sketch().add(node, name, norm, in, tensors));
  }

  static void softmax(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int rank = tensor.view().rank() + 1;
    boolean isOld = node.version() < 13;
    int axis = node.whole("axis", isOld ? 1 : -1);
    axis = axis < 0 ? axis + rank : axis;
    boolean isLog = node.type().equals("LogSoftmax");
    Source in = reading.materials().source(node, tensor);
    int[] order = tensor.view().order(in.shape);
    // Before version 13, all axes from there on were one.
    boolean isOne = !isOld || axis == rank - 1;
    if (order == null || axis < 1 || axis >= rank || order[axis - 1] != 0 || !isOne) {
      throw node.wrong("must be over the channels, but its axis is " + axis);
    }
    Tensor made = reading.add(node, isLog ? new LogSoftmax() : new Softmax(), in);
    reading.put(node.output(), Reading.ordered(made, order));
  }

  static void layerNorm(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    int rank = tensor.view().rank() + 1;
    int axis = node.whole("axis", -1);
    axis = axis < 0 ? axis + rank : axis;
    Source in = reading.materials().source(node, tensor);
    int[] order = tensor.view().order(in.shape);
    if (order == null || axis != rank - 1 || axis < 1 || order[axis - 1] != 0) {
      throw node.wrong("must be over the channels alone, which must stand last");
    }
    float[] weight = reading.constant(node, 1).floats();
    boolean hasBias = reading.has(node, 2);
    boolean isAffine = hasBias || !isAll(weight, 1);
    float[] bias = hasBias ? reading.constant(node, 2).floats() : new float[weight.length];
    LayerNorm norm =
        ConvolutionReaders.made(node, () -> new LayerNorm(node.real("epsilon", 1e-5f), isAffine));
    float[][] tensors = isAffine ? new float[][] {weight, bias} : new float[0][];
    String name = Reading.name(node, node.input(1));
    Tensor made = reading.sketch().add(node, name, norm, in, tensors);
    reading.put(node.output(), Reading.ordered(made, order));
  }

  private static boolean isAll(float[] values, float value) {
    for (float each : values) {
      if (each != value) {
        return false;
      }
    }
    return true;
  }

  /** An instance norm of channels, or of parts of them: a group norm. */
  static void instanceNorm(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    Source in = reading.materials().source(node, tensor);
    int[] sizes = tensor.view().sizes();
    int groups = sizes.length < 2 ? 0 : sizes[0];
    int channels = in.shape.channels();
    if (groups < 1 || !tensor.view().isPlain() || channels % groups != 0) {
      throw node.wrong(
          "must normalize channels, or groups of them, but takes " + Materials.shown(sizes));
    }
    float[] weight = reading.constant(node, 1).floats();
    float[] bias = reading.constant(node, 2).floats();
    if (weight.length != groups || bias.length != groups) {
      throw node.wrong("must have a scale and a bias of " + groups + " values");
    }
    boolean isPlain = isAll(weight, 1) && isAll(bias, 0);
    if (!isPlain && groups != channels) {
      throw node.wrong("must have scales of 1 and biases of 0 where it normalizes groups");
    }
    String output = node.output();
    String name = Reading.name(node, node.input(1));
    View view = tensor.view();
    Operator shaper = isPlain ? next(output, "Reshape", reading) : null;
    Operator scale = shaper == null ? null : next(shaper.output(), "Mul", reading);
    Operator shift = scale == null ? null : next(scale.output(), "Add", reading);
    boolean isAffine = !isPlain;
    if (shaper != null
        && scale != null
        && shift != null
        && isPerChannel(scale, reading, in.shape)
        && isPerChannel(shift, reading, in.shape)) {
      // What follows a norm of groups in the shape that it came in is its weight and bias.
      weight = reading.constant(scale, 1).floats();
      bias = reading.constant(shift, 1).floats();
      reading.skip(shaper);
      reading.skip(scale);
      reading.skip(shift);
      output = shift.output();
      name = Reading.name(shift, "");
      view = View.of(in.shape);
      isAffine = true;
    }
    boolean learns = isAffine;
    GroupNorm norm =
        ConvolutionReaders.made(
            node, () -> new GroupNorm(groups, node.real("epsilon", 1e-5f), learns));
    float[][] tensors = isAffine ? new float[][] {weight, bias} : new float[0][];
    reading.put(output, reading.sketch().add(node, name, norm, in, tensors).with(view));
  }

  /** The only node that takes a value, if it is of a type; null if not. */
  private static @Nullable Operator next(String value, String type, Reading reading) {
    Operator taker = reading.onlyTaker(value);
    return taker != null && taker.type().equals(type) && taker.input(0).equals(value)
        ? taker
        : null;
  }

  /** Whether the second input is a number of each channel beside values of a shape. */
  private static boolean isPerChannel(Operator node, Reading reading, Shape shape) {
    if (!reading.isConstant(node, 1)) {
      return false;
    }
    int[] expected = new int[shape.rank()];
    Arrays.fill(expected, 1);
    expected[0] = shape.channels();
    return Arrays.equals(reading.constant(node, 1).dimensions(), expected);
  }

  static void localResponseNorm(Operator node, Reading reading) {
    int size = node.whole("size", 0);
    if (size % 2 != 1) {
      throw node.wrong("must have an odd size, but has " + size);
    }
    LocalResponseNorm norm =
        ConvolutionReaders.made(
            node,
            () ->
                new LocalResponseNorm(
                    size,
                    node.real("alpha", 1e-4f),
                    node.real("beta", 0.75f),
                    node.real("bias", 1)));
    reading.put(node.output(), reading.add(node, norm, reading.image(node, 0)));
  }

  static void prelu(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    Constant slope = reading.constant(node, 1);
    boolean isOne = slope.size() == 1;
    Source in = isOne ? reading.materials().source(node, tensor) : plain(node, reading, tensor);
    if (!isOne && !isPerChannel(node, reading, in.shape)) {
      throw node.wrong(
          "must have one slope, or one of each channel, but has "
              + Arrays.toString(slope.dimensions()));
    }
    String name = Reading.name(node, node.input(1));
    Tensor made = reading.sketch().add(node, name, new Prelu(!isOne, null), in, slope.floats());
    reading.put(node.output(), isOne ? made.with(tensor.view()) : made);
  }

  private static Source plain(Operator node, Reading reading, Tensor tensor) {
    return tensor.view().rank() == 1 ? reading.vector(node, 0) : reading.image(node, 0);
  }
}
