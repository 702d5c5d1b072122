package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = x · Φ(x)} with {@code Φ(x) = (1 + erf(x / √2)) / 2}; {@code dx = dy · (Φ(x) + x ·
 * exp(-x²/2) / √(2π))}.
 */
public final class GeluPass extends ChunkedPass {
  private static final float SQRT_HALF = 0.70710678118654752f;

  /** 1 / √(2π). */
  private static final float DENSITY_AT_0 = 0.39894228040143268f;

  private final float[] phi = buffer();
  private final float[] density = buffer();

  public GeluPass(PassContext context) {
    super(context, Slope.OF_INPUT);
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    findPhi(x, count);
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * phi[i];
    }
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    findPhi(x, count);
    for (int i = 0; i < count; i++) {
      density[i] = -0.5f * x[i] * x[i];
    }
    kernels.exp(density, 0, density, 0, count);
    for (int i = 0; i < count; i++) {
      float slope = Math.fma(x[i] * DENSITY_AT_0, density[i], phi[i]);
      gradient[i] = gradient[i] * slope;
    }
  }

  private void findPhi(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      phi[i] = x[i] * SQRT_HALF;
    }
    kernels.erf(phi, 0, phi, 0, count);
    for (int i = 0; i < count; i++) {
      phi[i] = Math.fma(0.5f, phi[i], 0.5f);
    }
  }
}
