package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code n = (x - mean) · inv} with {@code inv = 1 / sqrt(var + epsilon)} over the channels of each
 * position of each image, and {@code y = weight · n + bias}; {@code dx = inv · (g - mean(g) - n ·
 * mean(g · n))} with {@code g = weight · dy}. Works on a few positions of all channels at a time.
 */
public final class LayerNormPass extends LayerPass {
  /** Floats of a chunk: eight positions, whose values of a few hundred channels stay in a cache. */
  private static final int CHUNK = 8 * Lanes.WIDTH;

  private final float epsilon;
  private final boolean affine;
  private final int channels;

  /** Floats of a channel of one lane block. */
  private final int plane;

  private final int weight;

  /** Center, inv and what is added after it, of each position of each image. */
  private final float[] center;

  private final float[] inverse;
  private final float[] shift;

  private final double[] first = new double[CHUNK];
  private final double[] second = new double[CHUNK];
  private final float[] slope = new float[CHUNK];
  private final float[] constant = new float[CHUNK];
  private final float[] normal = new float[CHUNK];
  private final LaneSums sums = new LaneSums();
  private final float[] zeros = new float[Lanes.WIDTH];
  private final double[] weightGradient;
  private final double[] biasGradient;

  public LayerNormPass(PassContext context) {
    Node node = context.node();
    LayerNorm layer = (LayerNorm) node.layer();
    epsilon = layer.epsilon();
    affine = layer.affine();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = affine ? node.parameters().get(0).offset() : 0;
    center = new float[context.blocks() * plane];
    inverse = new float[context.blocks() * plane];
    shift = new float[context.blocks() * plane];
    weightGradient = new double[channels];
    biasGradient = new double[channels];
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int block = 0; block < step.blocks(); block++) {
      for (int start = 0; start < plane; start += CHUNK) {
        int count = Math.min(CHUNK, plane - start);
        int values = block * channels * plane + start;
        int statistics = block * plane + start;
        takeStatistics(x, values, statistics, count);
        for (int c = 0; c < channels; c++) {
          float scale = affine ? step.parameters()[weight + c] : 1;
          float bias = affine ? step.parameters()[weight + channels + c] : 0;
          int at = values + c * plane;
          normalize(x, at, statistics, count);
          for (int i = 0; i < count; i++) {
            y[at + i] = Math.fma(normal[i], scale, bias);
          }
        }
      }
    }
  }

  private void takeStatistics(float[] x, int values, int statistics, int count) {
    Arrays.fill(first, 0);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < count; i++) {
        first[i] += x[values + c * plane + i];
      }
    }
    for (int i = 0; i < count; i++) {
      center[statistics + i] = (float) (first[i] / channels);
    }
    // What the rounded mean lacks to the mean costs no digits of the variance.
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < count; i++) {
        double distance = x[values + c * plane + i] - center[statistics + i];
        first[i] += distance;
        second[i] += distance * distance;
      }
    }
    for (int i = 0; i < count; i++) {
      double offset = first[i] / channels;
      double variance = Math.max(0, second[i] / channels - offset * offset);
      double inv = 1 / Math.sqrt(variance + epsilon);
      inverse[statistics + i] = (float) inv;
      shift[statistics + i] = (float) (-offset * inv);
    }
  }

  private void normalize(float[] x, int at, int statistics, int count) {
    for (int i = 0; i < count; i++) {
      normal[i] =
          Math.fma(
              x[at + i] - center[statistics + i], inverse[statistics + i], shift[statistics + i]);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    Arrays.fill(weightGradient, 0);
    Arrays.fill(biasGradient, 0);
    for (int block = 0; block < step.blocks(); block++) {
      for (int start = 0; start < plane; start += CHUNK) {
        int count = Math.min(CHUNK, plane - start);
        int values = block * channels * plane + start;
        int statistics = block * plane + start;
        takeGradientSums(step, x, dy, values, statistics, count);
        if (dx != null) {
          inputGradient(step, x, dy, dx, values, statistics, count);
        }
      }
    }
    for (int c = 0; c < channels && affine; c++) {
      step.gradients()[weight + c] = (float) weightGradient[c];
      step.gradients()[weight + channels + c] = (float) biasGradient[c];
    }
  }

  private void takeGradientSums(
      StepContext step, float[] x, float[] dy, int values, int statistics, int count) {
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    for (int c = 0; c < channels; c++) {
      double scale = affine ? step.parameters()[weight + c] : 1;
      int at = values + c * plane;
      normalize(x, at, statistics, count);
      for (int i = 0; i < count; i++) {
        double gradient = scale * dy[at + i];
        first[i] += gradient;
        second[i] += gradient * normal[i];
      }
      sums.clear();
      sums.addProducts(dy, at, normal, 0, count);
      weightGradient[c] += Lanes.sum(sums.totals(), 0);
      sums.clear();
      sums.addDistances(dy, at, zeros, count);
      biasGradient[c] += Lanes.sum(sums.totals(), 0);
    }
  }

  private void inputGradient(
      StepContext step, float[] x, float[] dy, float[] dx, int values, int statistics, int count) {
    for (int i = 0; i < count; i++) {
      constant[i] = (float) (-inverse[statistics + i] * first[i] / channels);
      slope[i] = (float) (-inverse[statistics + i] * second[i] / channels);
    }
    for (int c = 0; c < channels; c++) {
      float scale = affine ? step.parameters()[weight + c] : 1;
      int at = values + c * plane;
      normalize(x, at, statistics, count);
      for (int i = 0; i < count; i++) {
        dx[at + i] =
            Math.fma(
                scale * inverse[statistics + i],
                dy[at + i],
                Math.fma(normal[i], slope[i], constant[i]));
      }
    }
  }
}
