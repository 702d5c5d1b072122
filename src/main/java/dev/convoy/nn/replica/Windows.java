package dev.convoy.nn.replica;

import dev.convoy.kernel.PoolGeometry;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Window;

/** A layer's windows in the terms of the kernels. */
final class Windows {
  private Windows() {}

  static PoolGeometry geometry(Window window) {
    return new PoolGeometry(
        window.inputHeight(),
        window.inputWidth(),
        window.outputHeight(),
        window.outputWidth(),
        window.kernel().height(),
        window.kernel().width(),
        window.stride().height(),
        window.stride().width(),
        window.dilation().height(),
        window.dilation().width(),
        window.top(),
        window.left());
  }

  /**
   * Cells of window (m, n) that lie in the image or its border; a window rounded up may reach
   * beyond both.
   */
  static int cellsWithBorder(Window window, Padding padding, int m, int n) {
    int height = window.inputHeight() + window.top() + padding.bottom();
    int width = window.inputWidth() + window.left() + padding.right();
    if (padding.same()) {
      height = window.paddedHeight();
      width = window.paddedWidth();
    }
    int rows = Math.min(window.kernel().height(), height - m * window.stride().height());
    int columns = Math.min(window.kernel().width(), width - n * window.stride().width());
    return rows * columns;
  }
}
