package dev.convoy.nn.replica.pass.activation;

import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.replica.step.PassContext;
import java.util.Arrays;

/** {@code y[c] = exp(x[c]) / Σ exp(x)}; {@code dx = y · (dy - Σ dy · y)}. */
public final class SoftmaxPass extends AcrossChannelsPass {
  private final ChannelSoftmax softmax;
  private final float[] sums = new float[Lanes.WIDTH];

  public SoftmaxPass(PassContext context) {
    super(context);
    softmax = new ChannelSoftmax(channels, stride, context.kernels().elementwise());
  }

  @Override
  void apply(float[] x, float[] y, int at) {
    softmax.run(x, at, y, at);
  }

  @Override
  void turnGradient(float[] y, float[] gradient, int at) {
    Arrays.fill(sums, 0);
    for (int c = 0; c < channels; c++) {
      int from = at + c * stride;
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[lane] = Math.fma(gradient[from + lane], y[from + lane], sums[lane]);
      }
    }
    for (int c = 0; c < channels; c++) {
      int from = at + c * stride;
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        gradient[from + lane] = y[from + lane] * (gradient[from + lane] - sums[lane]);
      }
    }
  }
}
