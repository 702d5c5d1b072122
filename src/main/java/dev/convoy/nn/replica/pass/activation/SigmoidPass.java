package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/** {@code y = 1 / (1 + exp(-x))}; {@code dx = dy · y · (1 - y)}. */
public final class SigmoidPass extends ElementwisePass {
  public SigmoidPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
  }

  @Override
  void apply(float[] x, float[] y, int count) {
    kernels.sigmoid(x, 0, y, 0, count);
  }

  @Override
  void multiplyBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      gradient[i] = gradient[i] * (y[i] * (1 - y[i]));
    }
  }
}
