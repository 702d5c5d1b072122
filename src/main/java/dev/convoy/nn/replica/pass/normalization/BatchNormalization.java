package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.normalization.ChannelRuns;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;

/**
 * {@code y = weight · (x - mean) · inv + bias} with {@code inv = 1 / sqrt(var + epsilon)}, channel
 * by channel; in training over the batch: {@code dx = weight · inv · (dy - mean(dy) - (x - mean) ·
 * inv² · mean(dy · (x - mean)))}.
 *
 * <p>All is computed from {@code x - center} with the center near the mean, so that large means
 * cost no digits: the mean of the first lane block gives the center, a pass over all of x what it
 * lacks to the mean.
 */
public final class BatchNormalization {
  private final NormalizationKernels kernels;
  private final float epsilon;
  private final float momentum;
  private final boolean affine;
  private final int channels;
  private final int plane;
  private final int weight;
  private final int bias;
  private final int runningMean;
  private final int runningVar;

  /** Where a channel lies, by the lane blocks of a batch. */
  private final ChannelRuns[] runs;

  private final double[] sums = new double[2];
  private final float[] allLanes = new float[Lanes.WIDTH];

  /** The center, mean - center and inv of each channel in the last forward pass. */
  private final float[] center;

  private final double[] offset;
  private final double[] inverse;
  private final boolean trained;
  private boolean ofBatch;

  public BatchNormalization(PassContext context) {
    Node node = context.node();
    int blocks = context.blocks();
    BatchNorm2d layer = (BatchNorm2d) node.layer();
    Arrays.fill(allLanes, 1);
    trained = context.isTrained();
    this.kernels = context.kernels().normalization();
    epsilon = layer.epsilon();
    momentum = layer.momentum();
    affine = layer.affine();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = affine ? node.parameters().get(0).offset() : 0;
    bias = affine ? node.parameters().get(1).offset() : 0;
    runningMean = node.buffers().get(0).offset();
    runningVar = node.buffers().get(1).offset();
    runs = ChannelRuns.upTo(blocks, channels, plane);
    center = new float[channels];
    offset = new double[channels];
    inverse = new double[channels];
  }

  public int channels() {
    return channels;
  }

  /** Returns where a channel's first value lies. */
  public int start(int c) {
    return c * plane;
  }

  /** Returns where the values of a channel lie in a step. */
  public ChannelRuns runs(StepContext step) {
    return runs(step.blocks());
  }

  /** Returns where they lie in so many lane blocks. */
  ChannelRuns runs(int blocks) {
    return runs[blocks];
  }

  /**
   * Works out how a channel is normalised: from the batch in training, else by the running
   * statistics, as where it is frozen.
   */
  public void prepare(StepContext step, float[] x, int c) {
    ofBatch = trained && step.training();
    if (ofBatch) {
      takeFromBatch(step, x, c);
    } else {
      center[c] = step.buffers()[runningMean + c];
      offset[c] = 0;
      inverse[c] = 1 / Math.sqrt((double) step.buffers()[runningVar + c] + epsilon);
    }
  }

  private void takeFromBatch(StepContext step, float[] x, int c) {
    double count = count(step);
    center[c] = centerOfFirstBlock(step, x, c);
    kernels.squares(runs(step), x, start(c), center[c], step.lastLanes(), sums);
    offset[c] = sums[0] / count;
    double variance = Math.max(0, sums[1] / count - offset[c] * offset[c]);
    inverse[c] = 1 / Math.sqrt(variance + epsilon);
    double unbiased = count > 1 ? variance * count / (count - 1) : variance;
    move(step.buffers(), runningMean + c, center[c] + offset[c]);
    move(step.buffers(), runningVar + c, unbiased);
  }

  /** A value near the mean: any will do that does not lie far beyond the values. */
  private float centerOfFirstBlock(StepContext step, float[] x, int c) {
    float[] lanes = step.blocks() == 1 ? step.lastLanes() : allLanes;
    kernels.squares(runs[1], x, start(c), 0, lanes, sums);
    int images = Math.min(step.images(), Lanes.WIDTH);
    return (float) (sums[0] / ((double) images * (plane / Lanes.WIDTH)));
  }

  private void move(float[] buffers, int at, double towards) {
    buffers[at] = (float) ((1 - (double) momentum) * buffers[at] + momentum * towards);
  }

  /** Values of a channel in a step. */
  private double count(StepContext step) {
    return (double) step.images() * (plane / Lanes.WIDTH);
  }

  /** Returns what is taken off each value of a channel. */
  public float center(int c) {
    return center[c];
  }

  /** Returns what the rest is multiplied by. */
  public float scale(StepContext step, int c) {
    return (float) exactScale(step, c);
  }

  private double exactScale(StepContext step, int c) {
    return affine ? step.parameters()[weight + c] * inverse[c] : inverse[c];
  }

  /** Returns what is added to that. */
  public float shift(StepContext step, int c) {
    double bias = affine ? step.parameters()[this.bias + c] : 0;
    return (float) (bias - offset[c] * exactScale(step, c));
  }

  /**
   * Writes the gradients of a channel's parameters.
   *
   * @param sums of dy, and of dy · (x - center)
   */
  public void parameterGradients(StepContext step, int c, double[] sums) {
    if (affine) {
      step.gradients()[weight + c] = (float) (product(c, sums) * inverse[c]);
      step.gradients()[bias + c] = (float) sums[0];
    }
  }

  private double product(int c, double[] sums) {
    return sums[1] - offset[c] * sums[0];
  }

  /**
   * Returns what {@code x - center} is multiplied by in dx, beside {@code scale · dy}; sums as
   * above.
   */
  public double slope(StepContext step, int c, double[] sums) {
    return ofBatch
        ? -exactScale(step, c) * inverse[c] * inverse[c] * product(c, sums) / count(step)
        : 0;
  }

  /** Returns what is added to that in dx. */
  public float constant(StepContext step, int c, double[] sums) {
    return ofBatch
        ? (float) (-exactScale(step, c) * sums[0] / count(step) - slope(step, c, sums) * offset[c])
        : 0;
  }

  /** Sets dx to 0 in lanes without an image, which the constants reach, too. */
  public void clearUnusedLanes(StepContext step, float[] dx) {
    int used = step.images() % Lanes.WIDTH;
    if (used > 0 && ofBatch) {
      int start = (step.blocks() - 1) * channels * plane;
      for (int i = start; i < start + channels * plane; i += Lanes.WIDTH) {
        for (int lane = used; lane < Lanes.WIDTH; lane++) {
          dx[i + lane] = 0;
        }
      }
    }
  }
}
