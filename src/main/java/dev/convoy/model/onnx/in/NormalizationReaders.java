package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.Softmax;

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
}
