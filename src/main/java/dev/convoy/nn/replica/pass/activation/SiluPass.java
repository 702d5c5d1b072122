package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x · s} with {@code s = 1 / (1 + exp(-x))}; {@code dx = dy · (s + x · s · (1 - s))}.
 */
public final class SiluPass extends ChunkedPass {
  private final float[] gate = buffer();

  public SiluPass(PassContext context) {
    super(context, Slope.OF_INPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    kernels.sigmoid(x, 0, gate, 0, count);
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * gate[i];
    }
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    kernels.sigmoid(x, 0, gate, 0, count);
    for (int i = 0; i < count; i++) {
      gradient[i] = gradient[i] * Math.fma(x[i] * gate[i], 1 - gate[i], gate[i]);
    }
  }
}
