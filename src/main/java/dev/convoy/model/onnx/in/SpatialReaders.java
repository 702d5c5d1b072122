package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Upsample2d;
import java.util.Arrays;

/** Operators that make pictures larger. */
final class SpatialReaders {
  private SpatialReaders() {}

  static void pad(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    Source in = reading.materials().source(node, tensor);
    int[] order = tensor.view().order(in.shape);
    int rank = tensor.view().rank() + 1;
    int[] pads =
        reading.has(node, 1)
            ? reading.list(node, 1)
            : node.list(node.version() < 2 ? "paddings" : "pads", 2 * rank, 0);
    Pad2d.Border mode =
        switch (node.text("mode", "constant")) {
          case "constant" -> Pad2d.Border.CONSTANT;
          case "reflect" -> Pad2d.Border.REFLECT;
          case "edge" -> Pad2d.Border.REPLICATE;
          default ->
              throw node.wrong(
                  "must fill, reflect or repeat, but its mode is " + node.text("mode", ""));
        };
    if (order == null || order.length != 3 || pads.length != 2 * rank) {
      throw node.wrong("must put a border around pictures");
    } else if (reading.has(node, 3)) {
      throw node.wrong("must name the border of every axis, but names axes");
    }
    int[] before = new int[3];
    int[] after = new int[3];
    for (int i = 0; i < 3; i++) {
      before[order[i]] = pads[1 + i];
      after[order[i]] = pads[1 + rank + i];
    }
    boolean isOther = pads[0] != 0 || pads[rank] != 0 || before[0] != 0 || after[0] != 0;
    if (isOther || Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
      throw node.wrong(
          "must add rows and columns alone, but its pads are " + Arrays.toString(pads));
    }
    if (Arrays.stream(pads).allMatch(pad -> pad == 0)) {
      reading.put(node.output(), tensor);
      return;
    }
    boolean fills = mode == Pad2d.Border.CONSTANT;
    double given = reading.has(node, 2) ? reading.number(node, 2) : node.real("value", 0);
    double value = fills ? given : 0;
    Padding padding = Padding.of(before[1], before[2], after[1], after[2]);
    Tensor made = reading.add(node, new Pad2d(padding, (float) value, mode), in);
    reading.put(node.output(), Reading.ordered(made, order));
  }

  static void resize(Operator node, Reading reading) {
    Tensor tensor = reading.tensor(node, 0);
    Source in = reading.materials().source(node, tensor);
    int[] order = tensor.view().order(in.shape);
    if (order == null || order.length != 3) {
      throw node.wrong("must take pictures");
    }
    double[] scales = Scaling.scales(node, reading, tensor.view().sizes());
    double[] own = new double[3];
    for (int i = 0; i < 3; i++) {
      own[order[i]] = scales[i];
    }
    boolean isNearest = node.text("mode", "nearest").equals("nearest");
    if (!isNearest && !Scaling.isLinear(node)) {
      throw node.wrong(
          "must take the nearest pixel, or work values out linearly from halves of pixels, but its"
              + " modes are "
              + node.text("mode", "")
              + " and "
              + node.text("coordinate_transformation_mode", "half_pixel"));
    }
    boolean fits = own[0] == 1;
    int[] times = new int[3];
    for (int axis = 1; axis < 3; axis++) {
      times[axis] = (int) Math.min(own[axis], 1 << 15);
      fits &= times[axis] == own[axis] && times[axis] >= 1;
      fits &= !isNearest || Scaling.repeats(node, in.shape.dimension(axis), times[axis]);
    }
    if (!fits) {
      throw node.wrong(
          "must make each pixel a whole number of pixels, but scales by "
              + Arrays.toString(scales));
    }
    Size scale = new Size(times[1], times[2]);
    Upsample2d.Interpolation how =
        isNearest ? Upsample2d.Interpolation.NEAREST : Upsample2d.Interpolation.BILINEAR;
    Tensor made =
        ConvolutionReaders.made(node, () -> reading.add(node, new Upsample2d(scale, how), in));
    reading.put(node.output(), Reading.ordered(made, order));
  }
}
