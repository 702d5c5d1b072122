package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Window;

/** The mean of each window; each of its cells gets an equal part of the gradient. */
final class AvgPool2dPass extends LayerPass {
  private final PoolGeometry geometry;
  private final int channels;
  private final float[] scale;
  private final Kernels kernels;

  AvgPool2dPass(Node node, AvgPool2d layer, Kernels kernels) {
    Window window = layer.window(node.input());
    this.geometry = Windows.geometry(window);
    this.channels = node.input().channels();
    this.scale = scale(layer, window, geometry);
    this.kernels = kernels;
  }

  private static float[] scale(AvgPool2d layer, Window window, PoolGeometry geometry) {
    float[] scale = new float[geometry.outputSize()];
    for (int m = 0; m < window.outputHeight(); m++) {
      for (int n = 0; n < window.outputWidth(); n++) {
        int cells =
            (geometry.endRow(m) - geometry.firstRow(m))
                * (geometry.endColumn(n) - geometry.firstColumn(n));
        if (layer.countIncludePad()) {
          cells = Windows.cellsWithBorder(window, layer.padding(), m, n);
        }
        int divisor = layer.divisor() == null ? cells : layer.divisor();
        scale[m * window.outputWidth() + n] = 1f / divisor;
      }
    }
    return scale;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    kernels.avgPool(geometry, step.blocks() * channels, scale, x, 0, y, 0);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != null) {
      kernels.avgPoolBackward(geometry, step.blocks() * channels, scale, dy, 0, dx, 0);
    }
  }
}
