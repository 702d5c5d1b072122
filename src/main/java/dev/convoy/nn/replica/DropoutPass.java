package dev.convoy.nn.replica;

import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.random.SeededRandom;

/**
 * {@code y = x · mask / keep} with a mask of 0 and 1 drawn anew in each step; {@code dx = dy · mask
 * / keep}.
 */
class DropoutPass extends LayerPass {
  private final int blockSize;
  private final float scale;

  /** A value is dropped if the upper 24 bits of its random number lie below this. */
  private final int threshold;

  /** 0 or 1/keep for each value of the batch. */
  private final float[] factors;

  private boolean drops;

  DropoutPass(Node node, Dropout dropout, int blocks) {
    this.blockSize = node.output().size() * Lanes.WIDTH;
    this.scale = 1 / (1 - dropout.rate());
    this.threshold = Math.round(dropout.rate() * (1 << 24));
    this.factors = new float[blocks * blockSize];
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    int count = step.blocks() * blockSize;
    drops = step.training() && threshold > 0;
    if (drops) {
      draw(step.randomKey(), count);
      for (int i = 0; i < count; i++) {
        y[i] = x[i] * factors[i];
      }
    } else if (x != y) {
      System.arraycopy(x, 0, y, 0, count);
    }
  }

  private void draw(long randomKey, int count) {
    for (int i = 0; i < count; i++) {
      factors[i] = isDropped(randomKey, i) ? 0 : scale;
    }
  }

  /** Whether the value at this place in the batch is dropped. */
  boolean isDropped(long randomKey, int index) {
    int drawn = (int) (SeededRandom.at(randomKey, index) >>> 40);
    return drawn < threshold;
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (dx == null || !drops) {
      return;
    }
    int count = step.blocks() * blockSize;
    for (int i = 0; i < count; i++) {
      dx[i] = dy[i] * factors[i];
    }
  }
}
