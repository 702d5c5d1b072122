package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.function.Supplier;

/** Convolutions and their transposes. */
final class ConvolutionReaders {
  private ConvolutionReaders() {}

  static void conv(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    Constant weight = weight(node, reading);
    int[] shape = weight.dimensions();
    Size kernel = new Size(shape[2], shape[3]);
    Windows windows = Windows.of(node, kernel, in.shape);
    int groups = groups(node);
    if ((long) shape[1] * groups != in.shape.channels()) {
      throw node.wrong("must have filters of " + in.shape.channels() + " channels / groups");
    }
    boolean hasBias = reading.has(node, 2);
    Conv2d conv =
        made(
            node,
            () ->
                new Conv2d(
                    shape[0],
                    kernel,
                    windows.stride(),
                    windows.padding(),
                    windows.dilation(),
                    groups,
                    hasBias,
                    null));
    finish(node, reading, conv, in, weight, hasBias);
  }

  private static void finish(
      Operator node, Reading reading, Layer layer, Source in, Constant weight, boolean hasBias) {
    float[][] tensors =
        hasBias
            ? new float[][] {weight.floats(), reading.constant(node, 2).floats()}
            : new float[][] {weight.floats()};
    String name = Reading.name(node, node.input(1));
    reading.put(node.output(), reading.sketch().add(node, name, layer, in, tensors));
  }

  private static Constant weight(Operator node, Reading reading) {
    Constant weight = reading.constant(node, 1);
    int[] shape = weight.dimensions();
    if (shape.length != 4 || weight.size() == 0) {
      throw node.wrong(
          "must have filters of two dimensions, [O, C, H, W], but has " + Arrays.toString(shape));
    }
    int[] kernel = node.list("kernel_shape");
    if (kernel != null && !Arrays.equals(kernel, new int[] {shape[2], shape[3]})) {
      throw node.wrong("must have the kernel_shape of its filters");
    }
    return weight;
  }

  private static int groups(Operator node) {
    int groups = node.whole("group", 1);
    if (groups < 1) {
      throw node.wrong("must have a group of at least 1, but has " + groups);
    }
    return groups;
  }

  static <T> T made(Operator node, Supplier<T> layer) {
    try {
      return layer.get();
    } catch (IllegalArgumentException e) {
      throw node.wrong("becomes no layer: " + e.getMessage());
    }
  }

  static void transpose(Operator node, Reading reading) {
    Source in = reading.image(node, 0);
    Constant weight = weight(node, reading);
    int[] shape = weight.dimensions();
    if (shape[0] != in.shape.channels()) {
      throw node.wrong("must have filters of " + in.shape.channels() + " channels");
    }
    if (node.list("output_shape") != null || !node.text("auto_pad", "NOTSET").equals("NOTSET")) {
      throw node.wrong("must say its pads, and neither output_shape nor auto_pad");
    }
    Size kernel = new Size(shape[2], shape[3]);
    Windows windows = Windows.of(node, kernel, in.shape);
    int[] more = node.list("output_padding", 2, 0);
    int groups = groups(node);
    long filters = (long) shape[1] * groups;
    if (filters > Integer.MAX_VALUE || more[0] < 0 || more[1] < 0) {
      throw node.wrong("must have fewer filters, and no negative output_padding");
    }
    boolean hasBias = reading.has(node, 2);
    if (isSame(node, reading, in, weight, windows, more, hasBias, (int) filters)) {
      return;
    }
    // Rows and columns of the same number can be added alone: less is cut off where they differ.
    Padding cut = windows.padding();
    int least = Math.min(more[0], more[1]);
    int bottom = cut.bottom() - (more[0] - least);
    int right = cut.right() - (more[1] - least);
    if (bottom < 0 || right < 0) {
      throw node.wrong("must have the same output_padding down and across");
    }
    Padding padding = Padding.of(cut.top(), cut.left(), bottom, right);
    ConvTranspose2d conv =
        made(
            node,
            () ->
                new ConvTranspose2d(
                    (int) filters,
                    kernel,
                    windows.stride(),
                    padding,
                    least,
                    windows.dilation(),
                    groups,
                    hasBias,
                    null));
    finish(node, reading, conv, in, weight, hasBias);
  }

  /** Adds a transpose that gives {@code side · stride}, as {@code same} does, if this is one. */
  private static boolean isSame(
      Operator node,
      Reading reading,
      Source in,
      Constant weight,
      Windows windows,
      int[] more,
      boolean hasBias,
      int filters) {
    if (more[0] + more[1] == 0) {
      return false;
    }
    ConvTranspose2d same =
        made(
            node,
            () ->
                new ConvTranspose2d(
                    filters,
                    windows.kernel(),
                    windows.stride(),
                    Padding.SAME,
                    null,
                    windows.dilation(),
                    node.whole("group", 1),
                    hasBias,
                    null));
    Shape out = same.outputShape(in.shape);
    Padding cut = windows.padding();
    int height =
        side(
                in.shape.height(),
                windows.kernel().height(),
                windows.stride().height(),
                windows.dilation().height())
            - cut.top()
            - cut.bottom()
            + more[0];
    int width =
        side(
                in.shape.width(),
                windows.kernel().width(),
                windows.stride().width(),
                windows.dilation().width())
            - cut.left()
            - cut.right()
            + more[1];
    boolean fits =
        out.height() == height
            && out.width() == width
            && same.window(in.shape).top() == cut.top()
            && same.window(in.shape).left() == cut.left();
    if (fits) {
      finish(node, reading, same, in, weight, hasBias);
    }
    return fits;
  }

  private static int side(int n, int kernel, int stride, int dilation) {
    return (n - 1) * stride + dilation * (kernel - 1) + 1;
  }
}
