package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.StepContext;

/**
 * The largest value of each window; its cell alone gets the gradient. May rectify, too: then a
 * value below 0 gives 0, and no cell gets a gradient.
 */
public final class MaxPool2dPass extends LayerPass {
  private final PoolGeometry geometry;
  private final int channels;
  private final float[] winners;
  private final Kernels kernels;
  private final int blockSize;
  private final boolean rectifies;

  public MaxPool2dPass(Node node, MaxPool2d layer, int blocks, Kernels kernels, boolean rectifies) {
    this.geometry = Windows.geometry(layer.window(node.input()));
    this.channels = node.input().channels();
    this.blockSize = node.output().size() * Lanes.WIDTH;
    this.winners = new float[Math.multiplyExact(blocks, blockSize)];
    this.kernels = kernels;
    this.rectifies = rectifies;
  }

  @Override
  public boolean readsOutput() {
    return rectifies;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    kernels.pools().maxPool(geometry, step.blocks() * channels, x, 0, y, 0, winners, 0);
    if (rectifies) {
      kernels.elementwise().relu(y, 0, y, 0, step.blocks() * blockSize);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != null) {
      if (rectifies) {
        kernels.elementwise().reluBackward(y, 0, dy, 0, step.blocks() * blockSize);
      }
      kernels.pools().maxPoolBackward(geometry, step.blocks() * channels, dy, 0, winners, 0, dx, 0);
    }
  }
}
