package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Products with a matrix. */
final class DenseReaders {
  private DenseReaders() {}

  static void gemm(Operator node, Reading reading) {
    if (node.whole("transA", 0) != 0) {
      throw node.wrong("must take examples as rows, but has transA");
    }
    Constant matrix = matrix(node, reading);
    boolean hasRows = node.whole("transB", 0) != 0;
    int units = matrix.dimensions()[hasRows ? 0 : 1];
    float[] weight = hasRows ? matrix.floats() : transposed(matrix);
    weight = times(weight, node.real("alpha", 1));
    float[] bias = null;
    if (reading.has(node, 2)) {
      Constant shift = reading.constant(node, 2);
      if (shift.size() != 1 && shift.size() != units) {
        throw node.wrong("must have a number of each unit as its third input");
      }
      bias = new float[units];
      for (int i = 0; i < units; i++) {
        bias[i] = shift.floats()[shift.size() == 1 ? 0 : i] * node.real("beta", 1);
      }
    }
    dense(node, reading, weight, units, bias, node.output());
  }

  static void matMul(Operator node, Reading reading) {
    Constant matrix = matrix(node, reading);
    int units = matrix.dimensions()[1];
    Operator taker = reading.onlyTaker(node.output());
    float[] bias = taker == null ? null : bias(node, taker, reading, units);
    String output = node.output();
    if (taker != null && bias != null) {
      output = taker.output();
      reading.skip(taker);
    }
    Tensor tensor = reading.tensor(node, 0);
    if (tensor.view().rank() == 1) {
      dense(node, reading, transposed(matrix), units, bias, output);
    } else {
      perPixel(node, reading, tensor, matrix, bias, output);
    }
  }

  private static Constant matrix(Operator node, Reading reading) {
    Constant matrix = reading.constant(node, 1);
    if (matrix.dimensions().length != 2 || matrix.size() == 0) {
      throw node.wrong(
          "must have a matrix as second input, but has " + Arrays.toString(matrix.dimensions()));
    }
    return matrix;
  }

  /** The numbers that the only node after a product adds to it; null if it is no such. */
  private static float @Nullable [] bias(
      Operator node, Operator taker, Reading reading, int units) {
    if (!taker.type().equals("Add")) {
      return null;
    }
    int other = taker.input(0).equals(node.output()) ? 1 : 0;
    if (!reading.isConstant(taker, other)) {
      return null;
    }
    Constant constant = reading.constant(taker, other);
    int[] shape = constant.dimensions();
    boolean fits = constant.size() == units && shape.length > 0 && shape[shape.length - 1] == units;
    return fits ? constant.floats() : null;
  }

  private static void dense(
      Operator node,
      Reading reading,
      float[] weight,
      int units,
      float @Nullable [] bias,
      String output) {
    Tensor tensor = reading.tensor(node, 0);
    int[] sizes = tensor.view().sizes();
    int features = weight.length / units;
    if (sizes.length != 1 || sizes[0] != features) {
      throw node.wrong("must take [N, " + features + "], but takes " + Materials.shown(sizes));
    }
    float[] placed = tensor.view().isPlain() ? weight : placed(weight, units, tensor.view());
    Source in = reading.sketch().flat(node, tensor.source());
    Dense dense = new Dense(units, bias != null, null);
    float[][] tensors = bias == null ? new float[][] {placed} : new float[][] {placed, bias};
    String name = Reading.name(node, node.input(1));
    reading.put(output, reading.sketch().add(node, name, dense, in, tensors));
  }

  /** Columns where the features lie that the graph has in another order. */
  private static float[] placed(float[] weight, int units, View view) {
    int[] places = view.places();
    float[] placed = new float[weight.length];
    for (int unit = 0; unit < units; unit++) {
      for (int i = 0; i < places.length; i++) {
        placed[unit * places.length + places[i]] = weight[unit * places.length + i];
      }
    }
    return placed;
  }

  /** A product with the channels of each pixel, which stand last: a convolution by 1x1. */
  private static void perPixel(
      Operator node,
      Reading reading,
      Tensor tensor,
      Constant matrix,
      float @Nullable [] bias,
      String output) {
    Source in = reading.materials().source(node, tensor);
    int[] order = tensor.view().order(in.shape);
    int channels = matrix.dimensions()[0];
    int units = matrix.dimensions()[1];
    if (order == null || order.length != 3 || order[2] != 0 || in.shape.channels() != channels) {
      throw node.wrong(
          "must take features, or pictures whose "
              + channels
              + " channels stand last, but takes "
              + Materials.shown(tensor.view().sizes()));
    }
    Conv2d conv = Conv2d.of(units, 1);
    conv = bias == null ? conv.withoutBias() : conv;
    float[] weight = transposed(matrix);
    float[][] tensors = bias == null ? new float[][] {weight} : new float[][] {weight, bias};
    String name = Reading.name(node, node.input(1));
    Tensor made = reading.sketch().add(node, name, conv, in, tensors);
    reading.put(output, Reading.ordered(made, order));
  }

  private static float[] transposed(Constant matrix) {
    int rows = matrix.dimensions()[0];
    int columns = matrix.dimensions()[1];
    float[] values = matrix.floats();
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return turned;
  }

  private static float[] times(float[] values, float factor) {
    if (factor == 1) {
      return values;
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = values[i] * factor;
    }
    return scaled;
  }
}
