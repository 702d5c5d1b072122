package dev.convoy.nn.replica;

import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;

/** {@code y = x1 + x2 + ...}; {@code dx = dy} for each. */
final class AddPass extends JoinPass {
  private final int blockSize;

  AddPass(Node node) {
    this.blockSize = node.output().size() * Lanes.WIDTH;
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void forward(Step step, float[][] x, float[] y) {
    int count = step.blocks() * blockSize;
    for (int input = 1; input < x.length; input++) {
      Sums.add(input == 1 ? x[0] : y, x[input], y, count);
    }
  }

  @Override
  void backward(Step step, int input, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != dy) {
      System.arraycopy(dy, 0, dx, 0, step.blocks() * blockSize);
    }
  }
}
