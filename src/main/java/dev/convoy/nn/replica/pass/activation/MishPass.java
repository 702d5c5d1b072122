package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x · t} with {@code t = tanh(log(1 + e))}, {@code e = exp(x)}: {@code t = n / (n + 2)}
 * with {@code n = e · (e + 2)}, which needs neither function. {@code dx = dy · (t + x · 4 · e · (e
 * + 1) / (n + 2)²)}.
 */
public final class MishPass extends ChunkedPass {
  /** The value from which on t is 1, and its slope 0; e² stays in the range of floats. */
  private static final float FLAT = 20;

  private final float[] e = buffer();

  public MishPass(PassContext context) {
    super(context, Slope.OF_INPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    findExponentials(x, count);
    for (int i = 0; i < count; i++) {
      float n = e[i] * (e[i] + 2);
      y[i] = x[i] * (n / (n + 2));
    }
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    findExponentials(x, count);
    for (int i = 0; i < count; i++) {
      float n = e[i] * (e[i] + 2);
      float bend = Math.min(x[i], FLAT) * (4 * e[i] * (e[i] + 1) / (n + 2) / (n + 2));
      gradient[i] = gradient[i] * (n / (n + 2) + bend);
    }
  }

  private void findExponentials(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      e[i] = Math.min(x[i], FLAT);
    }
    kernels.exp(e, 0, e, 0, count);
  }
}
