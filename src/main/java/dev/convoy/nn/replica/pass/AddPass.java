package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.replica.step.JoinPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.nn.replica.step.Sums;

/** {@code y = x1 + x2 + ...}; {@code dx = dy} for each. */
public final class AddPass extends JoinPass {
  private final int blockSize;

  public AddPass(PassContext context) {
    this.blockSize = context.node().output().size() * Lanes.WIDTH;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean mayOverwrite(int input) {
    return input <= 1; // the first sum is written when later inputs are not yet read
  }

  @Override
  public void forward(StepContext step, float[][] x, float[] y) {
    int count = step.blocks() * blockSize;
    for (int input = 1; input < x.length; input++) {
      Sums.add(input == 1 ? x[0] : y, x[input], y, count);
    }
  }

  @Override
  public void backward(StepContext step, int input, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx != dy) {
      System.arraycopy(dy, 0, dx, 0, step.blocks() * blockSize);
    }
  }
}
