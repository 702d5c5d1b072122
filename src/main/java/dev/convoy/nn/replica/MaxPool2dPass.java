package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.MaxPool2d;

/** The largest value of each window; its cell alone gets the gradient. */
final class MaxPool2dPass extends LayerPass {
  private final PoolGeometry geometry;
  private final int channels;
  private final float[] winners;
  private final Kernels kernels;

  MaxPool2dPass(Node node, MaxPool2d layer, int blocks, Kernels kernels) {
    this.geometry = Windows.geometry(layer.window(node.input()));
    this.channels = node.input().channels();
    this.winners = new float[blocks * node.output().size() * Lanes.WIDTH];
    this.kernels = kernels;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    kernels.maxPool(geometry, step.blocks() * channels, x, 0, y, 0, winners, 0);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != null) {
      kernels.maxPoolBackward(geometry, step.blocks() * channels, dy, 0, winners, 0, dx, 0);
    }
  }
}
