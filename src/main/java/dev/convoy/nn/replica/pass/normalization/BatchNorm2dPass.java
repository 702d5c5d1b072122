package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.normalization.ChannelRuns;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchNormalization} of one input. May rectify, too: {@code max(y, 0)}; on the way back it
 * tells from x again what was rectified, so that nobody reads y.
 */
public final class BatchNorm2dPass extends LayerPass {
  private final NormalizationKernels kernels;
  private final BatchNormalization normalization;
  private final boolean rectifies;
  private final double[] sums = new double[2];

  public BatchNorm2dPass(PassContext context) {
    this(context, false);
  }

  /** Makes a pass that rectifies, too, if asked to. */
  public BatchNorm2dPass(PassContext context, boolean rectifies) {
    this.kernels = context.kernels().normalization();
    this.rectifies = rectifies;
    normalization = new BatchNormalization(context);
  }

  @Override
  public boolean mayOverwrite(int input) {
    return true;
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  /** Takes what {@link #normalize} needs of all lane blocks of a step. */
  public void prepare(StepContext step, float[] x) {
    for (int c = 0; c < normalization.channels(); c++) {
      normalization.prepare(step, x, c);
    }
  }

  /**
   * Normalises lane blocks of what it is {@link #prepare prepared} for, as {@link #forward} does.
   *
   * @param from the first of them in x
   * @param to the first of them in y
   */
  public void normalize(StepContext step, int blocks, float[] x, int from, float[] y, int to) {
    ChannelRuns runs = normalization.runs(blocks);
    for (int c = 0; c < normalization.channels(); c++) {
      float scale = normalization.scale(step, c);
      float shift = normalization.shift(step, c);
      float center = normalization.center(c);
      int start = normalization.start(c);
      int source = start + from * runs.stride();
      int target = start + to * runs.stride();
      kernels.normalize(runs, x, source, center, scale, shift, rectifies, y, target);
    }
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    ChannelRuns runs = normalization.runs(step);
    for (int c = 0; c < normalization.channels(); c++) {
      normalization.prepare(step, x, c);
      float scale = normalization.scale(step, c);
      float shift = normalization.shift(step, c);
      int start = normalization.start(c);
      kernels.normalize(runs, x, start, normalization.center(c), scale, shift, rectifies, y);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    backward(step, x, dy, dx);
  }

  /** Computes the gradients, for which no output is needed. */
  public void backward(StepContext step, float[] x, float[] dy, float @Nullable [] dx) {
    ChannelRuns runs = normalization.runs(step);
    for (int c = 0; c < normalization.channels(); c++) {
      int start = normalization.start(c);
      float center = normalization.center(c);
      float scale = normalization.scale(step, c);
      float shift = normalization.shift(step, c);
      if (rectifies) {
        kernels.rectifiedProducts(runs, dy, x, start, center, scale, shift, sums);
      } else {
        kernels.products(runs, dy, x, start, center, sums);
      }
      normalization.parameterGradients(step, c, sums);
      float slope = (float) normalization.slope(step, c, sums);
      float constant = normalization.constant(step, c, sums);
      if (dx != null && rectifies) {
        kernels.rectifiedGradient(
            runs, dy, x, start, center, scale, shift, scale, slope, constant, dx);
      } else if (dx != null) {
        kernels.gradient(runs, dy, x, start, center, scale, slope, constant, dx);
      }
    }
    if (dx != null) {
      normalization.clearUnusedLanes(step, dx);
    }
  }
}
