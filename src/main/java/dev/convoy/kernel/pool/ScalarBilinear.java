package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/** Bilinear resampling in plain Java, lane by lane. */
final class ScalarBilinear {
  private ScalarBilinear() {}

  static void forward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int output = targetOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * rows.inputs() * columns.inputs() * Lanes.WIDTH;
      for (int m = 0; m < rows.outputs(); m++) {
        int upper = x + rows.first(m) * columns.inputs() * Lanes.WIDTH;
        int lower = x + rows.second(m) * columns.inputs() * Lanes.WIDTH;
        float above = rows.firstWeight(m);
        float below = rows.secondWeight(m);
        for (int n = 0; n < columns.outputs(); n++) {
          int left = columns.first(n) * Lanes.WIDTH;
          int right = columns.second(n) * Lanes.WIDTH;
          float before = columns.firstWeight(n);
          float after = columns.secondWeight(n);
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            float sum = source[upper + left + lane] * (above * before);
            sum = Math.fma(source[upper + right + lane], above * after, sum);
            sum = Math.fma(source[lower + left + lane], below * before, sum);
            sum = Math.fma(source[lower + right + lane], below * after, sum);
            target[output + lane] = sum;
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  static void backward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = rows.inputs() * columns.inputs() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + planes * inputs, 0);
    int output = gradientOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * inputs;
      for (int m = 0; m < rows.outputs(); m++) {
        int upper = x + rows.first(m) * columns.inputs() * Lanes.WIDTH;
        int lower = x + rows.second(m) * columns.inputs() * Lanes.WIDTH;
        float above = rows.firstWeight(m);
        float below = rows.secondWeight(m);
        for (int n = 0; n < columns.outputs(); n++) {
          int left = columns.first(n) * Lanes.WIDTH;
          int right = columns.second(n) * Lanes.WIDTH;
          float before = columns.firstWeight(n);
          float after = columns.secondWeight(n);
          addScaled(gradient, output, above * before, sourceGradient, upper + left);
          addScaled(gradient, output, above * after, sourceGradient, upper + right);
          addScaled(gradient, output, below * before, sourceGradient, lower + left);
          addScaled(gradient, output, below * after, sourceGradient, lower + right);
          output += Lanes.WIDTH;
        }
      }
    }
  }

  private static void addScaled(float[] values, int from, float weight, float[] sums, int at) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[at + lane] = Math.fma(values[from + lane], weight, sums[at + lane]);
    }
  }
}
