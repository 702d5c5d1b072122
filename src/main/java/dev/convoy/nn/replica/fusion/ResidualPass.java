package dev.convoy.nn.replica.fusion;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.normalization.ChannelRuns;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.pass.normalization.BatchNormalization;
import dev.convoy.nn.replica.step.JoinPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * The sum of two inputs of which one or both pass a {@link BatchNormalization} on the way, perhaps
 * rectified: the end of a residual block, channel by channel, so that what is normalised need not
 * be stored. Reads the inputs as they were before.
 */
final class ResidualPass extends JoinPass {
  private final NormalizationKernels kernels;
  private final Kernels whole;
  private final boolean rectifies;

  /** The normalisation of each input; absent for one that is added as it is. */
  private final @Nullable BatchNormalization[] normalizations;

  private final BatchNormalization first;
  private final double[] sums = new double[2];

  /** Whether the gradient of the last step is rectified already. */
  private boolean rectified;

  /**
   * A sum.
   *
   * @param normalizations batch normalisations of the two inputs, of which one may be absent
   */
  ResidualPass(PassContext context, @Nullable Node[] normalizations, boolean rectifies) {
    this.kernels = context.kernels().normalization();
    this.whole = context.kernels();
    this.rectifies = rectifies;
    this.normalizations = new BatchNormalization[normalizations.length];
    for (int i = 0; i < normalizations.length; i++) {
      if (normalizations[i] != null) {
        this.normalizations[i] = new BatchNormalization(context.with(normalizations[i]));
      }
    }
    first = this.normalizations[0] != null ? this.normalizations[0] : this.normalizations[1];
  }

  @Override
  public boolean mayOverwrite(int input) {
    // Of two that are normalised, the second goes to the output before the first is read.
    return input == 1 || normalizations[0] == null || normalizations[1] == null;
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  @Override
  public boolean readsOutput() {
    return rectifies;
  }

  @Override
  public void forward(StepContext step, float[][] x, float[] y) {
    ChannelRuns runs = first.runs(step);
    int other = first == normalizations[0] ? 1 : 0;
    float[] normalized = x[1 - other];
    for (int c = 0; c < first.channels(); c++) {
      float[] addend = x[other];
      if (normalizations[other] != null) {
        normalize(step, runs, normalizations[other], x[other], c, y);
        addend = y;
      }
      first.prepare(step, normalized, c);
      int start = first.start(c);
      float scale = first.scale(step, c);
      float shift = first.shift(step, c);
      kernels.normalizeAndAdd(
          runs, normalized, start, first.center(c), scale, shift, addend, rectifies, y);
    }
  }

  private void normalize(
      StepContext step, ChannelRuns runs, BatchNormalization by, float[] x, int c, float[] y) {
    by.prepare(step, x, c);
    float scale = by.scale(step, c);
    kernels.normalize(runs, x, by.start(c), by.center(c), scale, by.shift(step, c), false, y);
  }

  @Override
  public void beginBackward() {
    rectified = !rectifies;
  }

  @Override
  public void backward(StepContext step, int input, float[] x, float[] y, float[] dy, float[] dx) {
    if (normalizations[input] != null) {
      gradient(step, normalizations[input], x, y, dy, dx);
    } else {
      int count = step.blocks() * first.channels() * first.runs(step).count();
      if (!rectified) {
        whole.elementwise().reluBackward(y, 0, dy, 0, count);
      }
      if (dx != dy) {
        System.arraycopy(dy, 0, dx, 0, count);
      }
    }
    rectified = true;
  }

  private void gradient(
      StepContext step, BatchNormalization by, float[] x, float[] y, float[] dy, float[] dx) {
    ChannelRuns runs = by.runs(step);
    for (int c = 0; c < by.channels(); c++) {
      int start = by.start(c);
      float center = by.center(c);
      if (rectified) {
        kernels.products(runs, dy, x, start, center, sums);
      } else {
        kernels.rectifyAndProducts(runs, y, dy, x, start, center, sums);
      }
      by.parameterGradients(step, c, sums);
      float slope = (float) by.slope(step, c, sums);
      float constant = by.constant(step, c, sums);
      kernels.gradient(runs, dy, x, start, center, by.scale(step, c), slope, constant, dx);
    }
    by.clearUnusedLanes(step, dx);
  }
}
