package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x/2 · (1 + t)} with {@code t = tanh(u)}, {@code u = √(2/π) · (x + 0.044715 · x³)};
 * {@code dx = dy · ((1 + t)/2 + x/2 · (1 - t²) · u')}.
 */
public final class GeluTanhPass extends ChunkedPass {
  /** √(2/π). */
  private static final float LINEAR = 0.79788456080286536f;

  private static final float CUBIC = 0.035677408136300125f;

  /** The value from which on t is 1 or -1, so that u' plays no part: it must only stay finite. */
  private static final float FLAT = 16;

  private final float[] tanh = buffer();

  public GeluTanhPass(PassContext context) {
    super(context, Slope.OF_INPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    findTanh(x, count);
    for (int i = 0; i < count; i++) {
      y[i] = 0.5f * x[i] * (1 + tanh[i]);
    }
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    findTanh(x, count);
    for (int i = 0; i < count; i++) {
      float near = Math.min(Math.max(x[i], -FLAT), FLAT);
      float rise = Math.fma(3 * CUBIC * near, near, LINEAR);
      float bend = 0.5f * x[i] * Math.fma(-tanh[i], tanh[i], 1) * rise;
      gradient[i] = gradient[i] * Math.fma(0.5f, tanh[i], 0.5f + bend);
    }
  }

  private void findTanh(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      tanh[i] = x[i] * Math.fma(CUBIC * x[i], x[i], LINEAR);
    }
    kernels.tanh(tanh, 0, tanh, 0, count);
  }
}
