package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = min(max(x/6 + 1/2, 0), 1)}; {@code dx = dy/6} where y lies between 0 and 1, else 0.
 */
public final class HardSigmoidPass extends ChunkedPass {
  private static final float SIXTH = 1 / 6f;

  private final float[] inside = buffer();

  public HardSigmoidPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.min(Math.max(Math.fma(x[i], SIXTH, 0.5f), 0), 1);
    }
  }

  @Override
  void multiplyChunkBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      inside[i] = y[i] * (1 - y[i]);
      gradient[i] = gradient[i] * SIXTH;
    }
    kernels.reluBackward(inside, 0, gradient, 0, count);
  }
}
