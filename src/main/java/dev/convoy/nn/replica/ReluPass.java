package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;

/** {@code y = max(x, 0)}; {@code dx = dy} where y is above 0, else 0. */
final class ReluPass extends LayerPass {
  private final int blockSize;
  private final Kernels kernels;

  ReluPass(Node node, Kernels kernels) {
    this.blockSize = node.output().size() * Lanes.WIDTH;
    this.kernels = kernels;
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  boolean readsOutput() {
    return true;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    kernels.relu(x, 0, y, 0, step.blocks() * blockSize);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != null) {
      kernels.reluBackward(y, 0, dx, 0, step.blocks() * blockSize);
    }
  }
}
