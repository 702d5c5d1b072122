package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.BatchNorm2d;
import java.util.Arrays;

/**
 * {@code y = weight · (x - mean) · inv + bias} with {@code inv = 1 / sqrt(var + epsilon)}, channel
 * by channel; in training over the batch: {@code dx = weight · inv · (dy - mean(dy) - (x - mean) ·
 * inv² · mean(dy · (x - mean)))}.
 *
 * <p>All is computed from {@code x - center} with the center near the mean, so that large means
 * cost no digits: the mean of the first lane block gives the center, a pass over all of x what it
 * lacks to the mean. May rectify, too, channel by channel: {@code max(y, 0)}.
 */
final class BatchNorm2dPass extends LayerPass {
  private final Kernels kernels;
  private final float epsilon;
  private final float momentum;
  private final boolean affine;
  private final int channels;
  private final int plane;
  private final int weight;
  private final int bias;
  private final int runningMean;
  private final int runningVar;
  private final boolean rectifies;
  private final double[] sums = new double[2];
  private final float[] allLanes = new float[Lanes.WIDTH];

  /** Of the last forward pass, for each channel: the center, mean - center and inv. */
  private final float[] center;

  private final double[] offset;
  private final double[] inverse;
  private boolean ofBatch;

  BatchNorm2dPass(Node node, BatchNorm2d layer, Kernels kernels, boolean rectifies) {
    this.rectifies = rectifies;
    Arrays.fill(allLanes, 1);
    this.kernels = kernels;
    epsilon = layer.epsilon();
    momentum = layer.momentum();
    affine = layer.affine();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = affine ? node.parameters().get(0).offset() : 0;
    bias = affine ? node.parameters().get(1).offset() : 0;
    runningMean = node.buffers().get(0).offset();
    runningVar = node.buffers().get(1).offset();
    center = new float[channels];
    offset = new double[channels];
    inverse = new double[channels];
  }

  @Override
  boolean gradientInPlace() {
    return true;
  }

  @Override
  boolean readsOutput() {
    return rectifies;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    ofBatch = step.training();
    for (int c = 0; c < channels; c++) {
      if (ofBatch) {
        takeFromBatch(step, x, c);
      } else {
        center[c] = step.buffers()[runningMean + c];
        offset[c] = 0;
        inverse[c] = 1 / Math.sqrt((double) step.buffers()[runningVar + c] + epsilon);
      }
      double scale = scale(step, c);
      double shift = (affine ? step.parameters()[bias + c] : 0) - offset[c] * scale;
      for (int block = 0; block < step.blocks(); block++) {
        int start = (block * channels + c) * plane;
        normalize(x, y, start, center[c], (float) scale, (float) shift);
        if (rectifies) {
          kernels.relu(y, start, y, start, plane);
        }
      }
    }
  }

  private double scale(Step step, int c) {
    return affine ? step.parameters()[weight + c] * inverse[c] : inverse[c];
  }

  private void takeFromBatch(Step step, float[] x, int c) {
    double count = (double) step.images() * (plane / Lanes.WIDTH);
    center[c] = centerOfFirstBlock(step, x, c);
    kernels.centeredSums(
        x, c * plane, plane, step.blocks(), channels * plane, center[c], step.lastLanes(), sums);
    offset[c] = sums[0] / count;
    double variance = Math.max(0, sums[1] / count - offset[c] * offset[c]);
    inverse[c] = 1 / Math.sqrt(variance + epsilon);
    double unbiased = count > 1 ? variance * count / (count - 1) : variance;
    move(step.buffers(), runningMean + c, center[c] + offset[c]);
    move(step.buffers(), runningVar + c, unbiased);
  }

  /** A value near the mean: any will do that does not lie far beyond the values. */
  private float centerOfFirstBlock(Step step, float[] x, int c) {
    float[] lanes = step.blocks() == 1 ? step.lastLanes() : allLanes;
    kernels.centeredSums(x, c * plane, plane, 1, 0, 0, lanes, sums);
    int images = Math.min(step.images(), Lanes.WIDTH);
    return (float) (sums[0] / ((double) images * (plane / Lanes.WIDTH)));
  }

  private void move(float[] buffers, int at, double towards) {
    buffers[at] = (float) ((1 - (double) momentum) * buffers[at] + momentum * towards);
  }

  private void normalize(float[] x, float[] y, int start, float center, float scale, float shift) {
    for (int i = start; i < start + plane; i++) {
      y[i] = Math.fma(x[i] - center, scale, shift);
    }
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    double count = (double) step.images() * (plane / Lanes.WIDTH);
    for (int c = 0; c < channels; c++) {
      if (rectifies) {
        for (int block = 0; block < step.blocks(); block++) {
          int start = (block * channels + c) * plane;
          kernels.reluBackward(y, start, dy, start, plane);
        }
      }
      kernels.centeredProducts(
          dy, x, c * plane, plane, step.blocks(), channels * plane, center[c], sums);
      double sum = sums[0];
      double product = sums[1] - offset[c] * sum;
      if (affine) {
        step.gradients()[weight + c] = (float) (product * inverse[c]);
        step.gradients()[bias + c] = (float) sum;
      }
      if (dx == null) {
        continue;
      }
      double scale = scale(step, c);
      double slope = ofBatch ? -scale * inverse[c] * inverse[c] * product / count : 0;
      double shift = ofBatch ? -scale * sum / count - slope * offset[c] : 0;
      for (int block = 0; block < step.blocks(); block++) {
        int start = (block * channels + c) * plane;
        gradient(x, dy, dx, start, center[c], (float) scale, (float) slope, (float) shift);
      }
    }
    if (dx != null && ofBatch) {
      clearUnusedLanes(step, dx);
    }
  }

  private void gradient(
      float[] x,
      float[] dy,
      float[] dx,
      int start,
      float center,
      float scale,
      float slope,
      float shift) {
    for (int i = start; i < start + plane; i++) {
      dx[i] = Math.fma(dy[i], scale, Math.fma(x[i] - center, slope, shift));
    }
  }

  private void clearUnusedLanes(Step step, float[] dx) {
    int used = step.images() % Lanes.WIDTH;
    if (used > 0) {
      int start = (step.blocks() - 1) * channels * plane;
      for (int i = start; i < start + channels * plane; i += Lanes.WIDTH) {
        for (int lane = used; lane < Lanes.WIDTH; lane++) {
          dx[i + lane] = 0;
        }
      }
    }
  }
}
