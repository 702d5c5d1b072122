package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.LeakyRelu;

/**
 * {@code y = x} where x is above 0, else {@code slope · x}; {@code dx = dy} where y is above 0,
 * else {@code slope · dy}.
 */
public final class LeakyReluPass extends ChunkedPass {
  private final float slope;
  private final float[] other = buffer();

  public LeakyReluPass(Node node, LeakyRelu layer, Kernels kernels) {
    super(node, kernels, Slope.OF_OUTPUT);
    slope = layer.slope();
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.fma(slope, Math.min(x[i], 0), Math.max(x[i], 0));
    }
  }

  @Override
  void multiplyChunkBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      other[i] = slope * gradient[i];
    }
    kernels.replaceUnlessPositive(y, 0, other, 0, gradient, 0, count);
  }
}
