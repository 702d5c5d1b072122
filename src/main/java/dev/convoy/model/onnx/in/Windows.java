package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;

/**
 * The windows of a node, as its attributes have them.
 *
 * @param kernel the window's side
 * @param stride pixels from one window to the next
 * @param dilation pixels from one cell to the next
 * @param padding the border
 */
record Windows(Size kernel, Size stride, Size dilation, Padding padding) {
  /** Reads them. */
  static Windows of(Operator node, Size kernel, Shape in) {
    Size stride = size(node, "strides");
    Size dilation = size(node, "dilations");
    return new Windows(kernel, stride, dilation, padding(node, kernel, stride, dilation, in));
  }

  static Size size(Operator node, String name) {
    int[] sides = node.list(name, 2, 1);
    if (sides[0] < 1 || sides[1] < 1) {
      throw node.wrong("must have " + name + " of at least 1");
    }
    return new Size(sides[0], sides[1]);
  }

  private static Padding padding(Operator node, Size kernel, Size stride, Size dilation, Shape in) {
    switch (node.text("auto_pad", "NOTSET")) {
      case "SAME_UPPER":
        return Padding.SAME;
      case "SAME_LOWER":
        int vertical = same(in.height(), kernel.height(), stride.height(), dilation.height());
        int horizontal = same(in.width(), kernel.width(), stride.width(), dilation.width());
        return Padding.of(
            vertical - vertical / 2, horizontal - horizontal / 2, vertical / 2, horizontal / 2);
      case "VALID":
        return Padding.VALID;
      case "NOTSET":
        int[] pads = node.list("pads", 4, 0);
        for (int pad : pads) {
          if (pad < 0) {
            throw node.wrong("must have pads of at least 0, but has " + pad);
          }
        }
        return Padding.of(pads[0], pads[1], pads[2], pads[3]);
      default:
        throw node.wrong("has an auto_pad that is not known: " + node.text("auto_pad", ""));
    }
  }

  private static int same(long n, long kernel, long stride, long dilation) {
    long windows = (n + stride - 1) / stride;
    return (int) Math.max(0, (windows - 1) * stride + dilation * (kernel - 1) + 1 - n);
  }
}
