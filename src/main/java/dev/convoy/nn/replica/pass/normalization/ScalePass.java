package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.normalization.ChannelRuns;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** {@code y[c] = weight[c] · x[c]}; {@code dx[c] = weight[c] · dy[c]}. */
public final class ScalePass extends LayerPass {
  private final NormalizationKernels kernels;
  private final int channels;

  /** Floats of a channel of one lane block. */
  private final int plane;

  private final int weight;

  /** Where a channel lies, by the lane blocks of a batch. */
  private final ChannelRuns[] runs;

  private final double[] sums = new double[2];

  public ScalePass(PassContext context) {
    Node node = context.node();
    kernels = context.kernels().normalization();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = node.parameters().get(0).offset();
    runs = ChannelRuns.upTo(context.blocks(), channels, plane);
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    scale(step, x, y);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    for (int c = 0; c < channels; c++) {
      kernels.products(runs[step.blocks()], dy, x, c * plane, 0, sums);
      step.gradients()[weight + c] = (float) sums[1];
    }
    if (dx != null) {
      scale(step, dy, dx);
    }
  }

  private void scale(StepContext step, float[] from, float[] to) {
    for (int at = 0; at < step.blocks() * channels; at++) {
      float factor = step.parameters()[weight + at % channels];
      for (int i = at * plane; i < (at + 1) * plane; i++) {
        to[i] = from[i] * factor;
      }
    }
  }
}
