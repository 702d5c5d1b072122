package dev.convoy.model.onnx.in;

import org.jspecify.annotations.Nullable;

/** Numbers of each channel that values are multiplied by and shifted by: nodes in a row are one. */
final class Affine {
  final Tensor base;
  final Operator at;
  final double[] scale;
  final double[] shift;

  /** What it became. */
  @Nullable Tensor layer;

  /**
   * Makes one.
   *
   * @param at last node of them
   */
  Affine(Tensor base, Operator at, double[] scale, double[] shift) {
    this.base = base;
    this.at = at;
    this.scale = scale;
    this.shift = shift;
  }

  /** The same followed by a node with these numbers, or one of each. */
  Affine then(Operator node, float[] numbers, boolean isFirst) {
    double[] scales = scale.clone();
    double[] shifts = shift.clone();
    for (int c = 0; c < scales.length; c++) {
      double number = numbers[numbers.length == 1 ? 0 : c];
      switch (node.type()) {
        case "Add" -> shifts[c] += number;
        case "Mul" -> {
          scales[c] *= number;
          shifts[c] *= number;
        }
        case "Sub" -> {
          scales[c] *= isFirst ? 1 : -1;
          shifts[c] = isFirst ? shifts[c] - number : number - shifts[c];
        }
        case "Div" -> {
          if (!isFirst) {
            throw node.wrong("must not divide a constant by what changes");
          }
          scales[c] /= number;
          shifts[c] /= number;
        }
        default -> throw node.wrong("must not take a number of each channel");
      }
    }
    return new Affine(base, node, scales, shifts);
  }
}
