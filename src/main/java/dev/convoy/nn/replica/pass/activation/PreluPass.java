package dev.convoy.nn.replica.pass.activation;

import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.normalization.ChannelRuns;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x} where x is above 0, else {@code weight · x}; {@code dx = dy} or {@code weight · dy}
 * likewise. The weight may be below 0, so that only the input tells which.
 */
public final class PreluPass extends LayerPass {
  /** Floats that are worked on at a time: what lies between them stays in the first-level cache. */
  private static final int CHUNK = 1024;

  private final ElementwiseKernels elementwise;
  private final NormalizationKernels kernels;
  private final boolean perChannel;
  private final int channels;

  /** Floats of a channel of one lane block. */
  private final int plane;

  private final int weight;

  /** Where a channel lies, by the lane blocks of a batch. */
  private final ChannelRuns[] runs;

  private final float[] other = new float[CHUNK];
  private final double[] sums = new double[2];

  public PreluPass(PassContext context) {
    Node node = context.node();
    elementwise = context.kernels().elementwise();
    kernels = context.kernels().normalization();
    perChannel = ((Prelu) node.layer()).perChannel();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = node.parameters().get(0).offset();
    runs = ChannelRuns.upTo(context.blocks(), channels, plane);
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  private float slope(StepContext step, int c) {
    return step.parameters()[perChannel ? weight + c : weight];
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int at = 0; at < step.blocks() * channels; at++) {
      float slope = slope(step, at % channels);
      for (int i = at * plane; i < (at + 1) * plane; i++) {
        y[i] = Math.fma(slope, Math.min(x[i], 0), Math.max(x[i], 0));
      }
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    weightGradient(step, x, dy);
    if (dx == null) {
      return;
    }
    for (int at = 0; at < step.blocks() * channels; at++) {
      float slope = slope(step, at % channels);
      int end = (at + 1) * plane;
      for (int start = at * plane; start < end; start += CHUNK) {
        int count = Math.min(CHUNK, end - start);
        for (int i = 0; i < count; i++) {
          other[i] = slope * dy[start + i];
        }
        elementwise.replaceUnlessPositive(x, start, other, 0, dx, start, count);
      }
    }
  }

  private void weightGradient(StepContext step, float[] x, float[] dy) {
    double total = 0;
    for (int c = 0; c < channels; c++) {
      // Minus x, rectified: the gradient counts only where x is below 0.
      kernels.rectifiedProducts(runs[step.blocks()], dy, x, c * plane, 0, -1, 0, sums);
      total += sums[1];
      if (perChannel) {
        step.gradients()[weight + c] = (float) sums[1];
      }
    }
    if (!perChannel) {
      step.gradients()[weight] = (float) total;
    }
  }
}
