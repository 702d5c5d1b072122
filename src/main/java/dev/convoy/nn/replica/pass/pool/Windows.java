package dev.convoy.nn.replica.pass.pool;

import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Shape;

/** A layer's windows in the terms of the kernels. */
public final class Windows {
  private Windows() {}

  /** The same windows over planes of pixels. */
  public static PoolGeometry geometry(Window window) {
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

  /** Windows of one pixel through all channels, which a kernel takes for the rows of one plane. */
  static PoolGeometry acrossChannels(Shape in) {
    int pixels = in.height() * in.width();
    return new PoolGeometry(in.channels(), pixels, 1, pixels, in.channels(), 1, 1, 1, 1, 1, 0, 0);
  }

  /** Returns what the sum of each window's cells is multiplied by for its mean, row by row. */
  public static float[] meanScale(AvgPool2d layer, Window window) {
    PoolGeometry geometry = geometry(window);
    float[] scale = new float[geometry.outputSize()];
    for (int m = 0; m < window.outputHeight(); m++) {
      for (int n = 0; n < window.outputWidth(); n++) {
        int cells =
            (geometry.endRow(m) - geometry.firstRow(m))
                * (geometry.endColumn(n) - geometry.firstColumn(n));
        if (layer.countIncludePad()) {
          cells = cellsWithBorder(window, layer.padding(), m, n);
        }
        int divisor = layer.divisor() == null ? cells : layer.divisor();
        scale[m * window.outputWidth() + n] = 1f / divisor;
      }
    }
    return scale;
  }

  /**
   * Cells of window (m, n) that lie in the image or its border; a window rounded up may reach
   * beyond both.
   */
  private static int cellsWithBorder(Window window, Padding padding, int m, int n) {
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
