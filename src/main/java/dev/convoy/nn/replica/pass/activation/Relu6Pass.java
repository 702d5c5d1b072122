package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/** {@code y = min(max(x, 0), 6)}; {@code dx = dy} where y lies between 0 and 6, else 0. */
public final class Relu6Pass extends ChunkedPass {
  private final float[] inside = buffer();

  public Relu6Pass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.min(Math.max(x[i], 0), 6);
    }
  }

  @Override
  void multiplyChunkBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      inside[i] = y[i] * (6 - y[i]);
    }
    kernels.reluBackward(inside, 0, gradient, 0, count);
  }
}
