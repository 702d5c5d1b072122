package dev.convoy.report.explain;

import dev.convoy.nn.layer.Window;

/** Says how a layer's windows slide, in pairs of vertical and horizontal. */
record Sliding(
    int[] kernel, int[] stride, int[] dilation, int[] border, int[] input, int[] output) {
  static Sliding of(Window window) {
    return new Sliding(
        new int[] {window.kernel().height(), window.kernel().width()},
        new int[] {window.stride().height(), window.stride().width()},
        new int[] {window.dilation().height(), window.dilation().width()},
        new int[] {window.top(), window.left()},
        new int[] {window.inputHeight(), window.inputWidth()},
        new int[] {window.outputHeight(), window.outputWidth()});
  }
}
