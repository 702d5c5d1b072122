package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = log(1 + exp(z)) / beta} with {@code z = beta · x}, as {@code (max(z, 0) + log(1 +
 * exp(-|z|))) / beta}, which never overflows; {@code dx = dy / (1 + exp(-z))}. Above the threshold
 * {@code y = x} and {@code dx = dy}.
 */
public final class SoftplusPass extends ChunkedPass {
  private final float beta;
  private final float threshold;
  private final float[] bend = buffer();
  private final float[] excess = buffer();

  public SoftplusPass(PassContext context) {
    super(context, Slope.OF_INPUT);
    Softplus layer = (Softplus) context.node().layer();
    beta = layer.beta();
    threshold = layer.threshold();
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      float z = beta * x[i];
      excess[i] = z - threshold;
      bend[i] = -Math.abs(z);
      y[i] = x[i];
    }
    kernels.exp(bend, 0, bend, 0, count);
    kernels.log1p(bend, 0, bend, 0, count);
    for (int i = 0; i < count; i++) {
      bend[i] = (Math.max(beta * x[i], 0) + bend[i]) / beta;
    }
    kernels.replaceUnlessPositive(excess, 0, bend, 0, y, 0, count);
  }

  @Override
  void multiplyChunkBySlope(float[] x, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      float z = beta * x[i];
      excess[i] = z - threshold;
      bend[i] = z;
    }
    kernels.sigmoid(bend, 0, bend, 0, count);
    for (int i = 0; i < count; i++) {
      bend[i] = bend[i] * gradient[i];
    }
    kernels.replaceUnlessPositive(excess, 0, bend, 0, gradient, 0, count);
  }
}
