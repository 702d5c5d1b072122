package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/** {@code y = tanh(x)}; {@code dx = dy · (1 - y²)}. */
public final class TanhPass extends ElementwisePass {
  public TanhPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
  }

  @Override
  void apply(float[] x, float[] y, int count) {
    kernels.tanh(x, 0, y, 0, count);
  }

  @Override
  void multiplyBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      gradient[i] = gradient[i] * Math.fma(-y[i], y[i], 1);
    }
  }
}
