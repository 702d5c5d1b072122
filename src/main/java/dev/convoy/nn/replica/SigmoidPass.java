package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;

/** {@code y = 1 / (1 + exp(-x))}; {@code dx = dy · y · (1 - y)}. */
final class SigmoidPass extends LayerPass {
  private final int blockSize;
  private final Kernels kernels;

  SigmoidPass(Node node, Kernels kernels) {
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
    kernels.sigmoid(x, 0, y, 0, step.blocks() * blockSize);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx == null) {
      return;
    }
    int count = step.blocks() * blockSize;
    for (int i = 0; i < count; i++) {
      dx[i] = dy[i] * (y[i] * (1 - y[i]));
    }
  }
}
