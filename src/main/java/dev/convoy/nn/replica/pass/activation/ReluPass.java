package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/** {@code y = max(x, 0)}; {@code dx = dy} where y is above 0, else 0. */
public final class ReluPass extends ElementwisePass {
  public ReluPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
  }

  @Override
  void apply(float[] x, float[] y, int count) {
    kernels.relu(x, 0, y, 0, count);
  }

  @Override
  void multiplyBySlope(float[] y, float[] gradient, int count) {
    kernels.reluBackward(y, 0, gradient, 0, count);
  }
}
