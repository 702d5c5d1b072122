package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x · min(max(x + 3, 0), 6) / 6}; {@code dx = 0} up to -3, {@code dy · (2x + 3) / 6}
 * between -3 and 3, and {@code dy} from 3 on.
 */
public final class HardSwishPass extends ChunkedPass {
  private static final float SIXTH = 1 / 6f;

  private final float[] bend = buffer();
  private final float[] inside = buffer();

  public HardSwishPass(PassContext context) {
    super(context, Slope.OF_INPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      // Six sixths round to 1, so that y is x from 3 on; x + 3 is exact near -3.
      y[i] = x[i] * (Math.min(Math.max(x[i] + 3, 0), 6) * SIXTH);
    }
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      bend[i] = gradient[i];
      gradient[i] = gradient[i] * (Math.fma(2, x[i], 3) * SIXTH);
      inside[i] = 3 - x[i];
    }
    kernels.replaceUnlessPositive(inside, 0, bend, 0, gradient, 0, count);
    for (int i = 0; i < count; i++) {
      inside[i] = x[i] + 3;
    }
    kernels.reluBackward(inside, 0, gradient, 0, count);
  }
}
