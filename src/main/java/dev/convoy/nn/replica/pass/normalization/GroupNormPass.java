package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code n = (x - mean) · inv} with {@code inv = 1 / sqrt(var + epsilon)} of each image's group,
 * and {@code y = weight · n + bias}; {@code dx = inv · (g - mean(g) - n · mean(g · n))} with {@code
 * g = weight · dy}. The normalised values are worked out again on the way back.
 */
public final class GroupNormPass extends LayerPass {
  private final float epsilon;
  private final boolean affine;
  private final int channels;
  private final int groups;

  /** Channels of a group. */
  private final int depth;

  /** Floats of a channel of one lane block. */
  private final int plane;

  private final int weight;

  /** Center, inv and what is added after it, of each image of each group. */
  private final float[] center;

  private final float[] inverse;
  private final float[] shift;

  private final LaneSums sums = new LaneSums();
  private final float[] zeros = new float[Lanes.WIDTH];
  private final float[] middle = new float[Lanes.WIDTH];
  private final float[] normal;
  private final double[] gradients = new double[Lanes.WIDTH];
  private final double[] products = new double[Lanes.WIDTH];
  private final float[] slope = new float[Lanes.WIDTH];
  private final float[] constant = new float[Lanes.WIDTH];
  private final double[] weightGradient;
  private final double[] biasGradient;

  public GroupNormPass(PassContext context) {
    Node node = context.node();
    GroupNorm layer = (GroupNorm) node.layer();
    epsilon = layer.epsilon();
    affine = layer.affine();
    groups = layer.groups();
    channels = node.input().channels();
    depth = channels / groups;
    plane = node.input().size() / channels * Lanes.WIDTH;
    weight = affine ? node.parameters().get(0).offset() : 0;
    int lanes = context.blocks() * groups * Lanes.WIDTH;
    center = new float[lanes];
    inverse = new float[lanes];
    shift = new float[lanes];
    normal = new float[plane];
    weightGradient = new double[channels];
    biasGradient = new double[channels];
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int group = 0; group < step.blocks() * groups; group++) {
      takeStatistics(x, group);
      for (int c = group * depth; c < (group + 1) * depth; c++) {
        float scale = affine ? step.parameters()[weight + c % channels] : 1;
        float bias = affine ? step.parameters()[weight + channels + c % channels] : 0;
        normalize(x, c * plane, group);
        for (int i = 0; i < plane; i++) {
          y[c * plane + i] = Math.fma(normal[i], scale, bias);
        }
      }
    }
  }

  private void takeStatistics(float[] x, int group) {
    int size = depth * plane;
    double count = (double) size / Lanes.WIDTH;
    sums.clear();
    sums.addDistances(x, group * size, zeros, size);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      middle[lane] = (float) (sums.totals()[lane] / count);
    }
    // What the rounded mean lacks to the mean costs no digits of the variance.
    sums.clear();
    sums.addDistances(x, group * size, middle, size);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      gradients[lane] = sums.totals()[lane] / count;
    }
    sums.clear();
    sums.addSquares(x, group * size, middle, size);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      double offset = gradients[lane];
      double variance = Math.max(0, sums.totals()[lane] / count - offset * offset);
      double inv = 1 / Math.sqrt(variance + epsilon);
      int at = group * Lanes.WIDTH + lane;
      center[at] = middle[lane];
      inverse[at] = (float) inv;
      shift[at] = (float) (-offset * inv);
    }
  }

  /** Works out the normalised values of the channel that begins at {@code start}. */
  private void normalize(float[] x, int start, int group) {
    int statistics = group * Lanes.WIDTH;
    for (int i = 0; i < plane; i += Lanes.WIDTH) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        normal[i + lane] =
            Math.fma(
                x[start + i + lane] - center[statistics + lane],
                inverse[statistics + lane],
                shift[statistics + lane]);
      }
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    Arrays.fill(weightGradient, 0);
    Arrays.fill(biasGradient, 0);
    for (int group = 0; group < step.blocks() * groups; group++) {
      takeGradientSums(step, x, dy, group);
      if (dx != null) {
        inputGradient(step, x, dy, dx, group);
      }
    }
    for (int c = 0; c < channels && affine; c++) {
      step.gradients()[weight + c] = (float) weightGradient[c];
      step.gradients()[weight + channels + c] = (float) biasGradient[c];
    }
  }

  private void takeGradientSums(StepContext step, float[] x, float[] dy, int group) {
    Arrays.fill(gradients, 0);
    Arrays.fill(products, 0);
    for (int c = group * depth; c < (group + 1) * depth; c++) {
      float scale = affine ? step.parameters()[weight + c % channels] : 1;
      normalize(x, c * plane, group);
      sums.clear();
      sums.addDistances(dy, c * plane, zeros, plane);
      biasGradient[c % channels] += Lanes.sum(sums.totals(), 0);
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        gradients[lane] += scale * sums.totals()[lane];
      }
      sums.clear();
      sums.addProducts(dy, c * plane, normal, 0, plane);
      weightGradient[c % channels] += Lanes.sum(sums.totals(), 0);
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        products[lane] += scale * sums.totals()[lane];
      }
    }
  }

  private void inputGradient(StepContext step, float[] x, float[] dy, float[] dx, int group) {
    int statistics = group * Lanes.WIDTH;
    double count = (double) depth * plane / Lanes.WIDTH;
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      constant[lane] = (float) (-inverse[statistics + lane] * gradients[lane] / count);
      slope[lane] = (float) (-inverse[statistics + lane] * products[lane] / count);
    }
    for (int c = group * depth; c < (group + 1) * depth; c++) {
      float scale = affine ? step.parameters()[weight + c % channels] : 1;
      normalize(x, c * plane, group);
      for (int i = 0; i < plane; i += Lanes.WIDTH) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          int at = c * plane + i + lane;
          dx[at] =
              Math.fma(
                  scale * inverse[statistics + lane],
                  dy[at],
                  Math.fma(normal[i + lane], slope[lane], constant[lane]));
        }
      }
    }
  }
}
