package dev.convoy.report.explain;

import dev.convoy.nn.layer.Window;

/**
 * The part of a layer that the page plays through: some of its windows, and the input that they
 * see. All of it where that is small enough, else a rectangle around one window.
 *
 * @param outputs the windows, by position
 * @param inputs what of the input they see, without the border
 */
record Stage(Rectangle outputs, Rectangle inputs) {
  /**
   * Shows as many windows around window (m, n) as have at most so many values in their inputs, and
   * one at least.
   */
  static Stage around(Window window, int m, int n, int channels, int values) {
    int height = window.outputHeight();
    int width = window.outputWidth();
    while ((height > 1 || width > 1)
        && (long) reach(window, height, window.kernel().height(), true)
                * reach(window, width, window.kernel().width(), false)
                * channels
            > values) {
      if (height >= width) {
        height--;
      } else {
        width--;
      }
    }
    int top = Math.max(0, Math.min(m - height / 2, window.outputHeight() - height));
    int left = Math.max(0, Math.min(n - width / 2, window.outputWidth() - width));
    return of(window, new Rectangle(top, left, height, width));
  }

  /** Rows or columns that so many windows see, at most those of the image. */
  private static int reach(Window window, int windows, int kernel, boolean vertical) {
    int stride = vertical ? window.stride().height() : window.stride().width();
    int dilation = vertical ? window.dilation().height() : window.dilation().width();
    int most = vertical ? window.inputHeight() : window.inputWidth();
    return Math.min(most, (windows - 1) * stride + (kernel - 1) * dilation + 1);
  }

  private static Stage of(Window window, Rectangle outputs) {
    int y = outputs.top() * window.stride().height() - window.top();
    int x = outputs.left() * window.stride().width() - window.left();
    int reachY =
        (outputs.height() - 1) * window.stride().height()
            + (window.kernel().height() - 1) * window.dilation().height()
            + 1;
    int reachX =
        (outputs.width() - 1) * window.stride().width()
            + (window.kernel().width() - 1) * window.dilation().width()
            + 1;
    int top = clamp(y, window.inputHeight() - 1);
    int left = clamp(x, window.inputWidth() - 1);
    int bottom = clamp(y + reachY, window.inputHeight());
    int right = clamp(x + reachX, window.inputWidth());
    return new Stage(
        outputs, new Rectangle(top, left, Math.max(1, bottom - top), Math.max(1, right - left)));
  }

  private static int clamp(int value, int most) {
    return Math.max(0, Math.min(value, most));
  }
}
