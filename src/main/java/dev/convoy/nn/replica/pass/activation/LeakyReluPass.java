package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x} where x is above 0, else {@code slope · x}; {@code dx = dy} where y is above 0,
 * else {@code slope · dy}.
 */
public final class LeakyReluPass extends ChunkedPass {
  private final float slope;
  private final float[] other = buffer();

  public LeakyReluPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
    slope = ((LeakyRelu) context.node().layer()).slope();
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
