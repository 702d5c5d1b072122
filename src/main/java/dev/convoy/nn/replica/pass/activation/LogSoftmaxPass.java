package dev.convoy.nn.replica.pass.activation;

import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.replica.step.PassContext;
import java.util.Arrays;

/** {@code y[c] = x[c] - log Σ exp(x)}; {@code dx = dy - exp(y) · Σ dy}. */
public final class LogSoftmaxPass extends AcrossChannelsPass {
  private final ElementwiseKernels kernels;
  private final ChannelSoftmax softmax;
  private final float[] probabilities;
  private final float[] sums = new float[Lanes.WIDTH];

  public LogSoftmaxPass(PassContext context) {
    super(context);
    kernels = context.kernels().elementwise();
    softmax = new ChannelSoftmax(channels, stride, kernels);
    probabilities = new float[channels * Lanes.WIDTH];
  }

  @Override
  void apply(float[] x, float[] y, int at) {
    softmax.runLogarithms(x, at, y, at);
  }

  @Override
  void turnGradient(float[] y, float[] gradient, int at) {
    Arrays.fill(sums, 0);
    for (int c = 0; c < channels; c++) {
      int from = at + c * stride;
      System.arraycopy(y, from, probabilities, c * Lanes.WIDTH, Lanes.WIDTH);
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[lane] += gradient[from + lane];
      }
    }
    kernels.exp(probabilities, 0, probabilities, 0, probabilities.length);
    for (int c = 0; c < channels; c++) {
      int from = at + c * stride;
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        float p = probabilities[c * Lanes.WIDTH + lane];
        gradient[from + lane] = Math.fma(-p, sums[lane], gradient[from + lane]);
      }
    }
  }
}
