package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Shape;

/** Layers with filters or a matrix. */
final class ConvolutionWriters {
  private ConvolutionWriters() {}

  static void conv2d(LayerGraph layer) {
    Conv2d conv = layer.layer(Conv2d.class);
    layer.result(
        "Conv",
        layer.tensors(),
        Border.of("kernel_shape", conv.kernel()),
        Border.of("strides", conv.stride()),
        Border.of("dilations", conv.dilation()),
        Border.of(conv.window(layer.input())).attributes(),
        attribute("group", (long) conv.groups()));
  }

  static void transpose(LayerGraph layer) {
    ConvTranspose2d conv = layer.layer(ConvTranspose2d.class);
    Shape in = layer.input();
    Window window = conv.window(in);
    // What is cut off below and to the right; less than nothing is added there.
    int bottom =
        reach(in.height(), conv.kernel().height(), conv.stride().height(), conv.dilation().height())
            - (window.top() + window.inputHeight());
    int right =
        reach(in.width(), conv.kernel().width(), conv.stride().width(), conv.dilation().width())
            - (window.left() + window.inputWidth());
    layer.result(
        "ConvTranspose",
        layer.tensors(),
        Border.of("kernel_shape", conv.kernel()),
        Border.of("strides", conv.stride()),
        Border.of("dilations", conv.dilation()),
        attribute("pads", window.top(), window.left(), Math.max(0, bottom), Math.max(0, right)),
        attribute("output_padding", Math.max(0, -bottom), Math.max(0, -right)),
        attribute("group", (long) conv.groups()));
  }

  /** Pixels along a side that filters put values into. */
  private static int reach(int inputs, int kernel, int stride, int dilation) {
    return (inputs - 1) * stride + dilation * (kernel - 1) + 1;
  }

  static void dense(LayerGraph layer) {
    layer.layer(Dense.class);
    layer.result("Gemm", layer.tensors(), attribute("transB", 1L));
  }
}
