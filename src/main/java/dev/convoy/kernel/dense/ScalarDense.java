package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/** Products of a matrix with a batch in plain Java. */
public final class ScalarDense implements DenseBackend {
  private final float[] sums = new float[Lanes.WIDTH];

  @Override
  public void product(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset) {
    int inputs = geometry.inputs();
    for (int block = 0; block < geometry.blocks(); block++) {
      int from = xOffset + block * inputs * Lanes.WIDTH;
      for (int o = 0; o < geometry.outputs(); o++) {
        int w = weightsOffset + o * inputs;
        Arrays.fill(sums, start[startOffset + o]);
        addProducts(weights, w, 1, inputs, x, from);
        int to = yOffset + (block * geometry.outputs() + o) * Lanes.WIDTH;
        System.arraycopy(sums, 0, y, to, Lanes.WIDTH);
      }
    }
  }

  @Override
  public void inputGradient(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset) {
    int inputs = geometry.inputs();
    int outputs = geometry.outputs();
    for (int block = 0; block < geometry.blocks(); block++) {
      int from = dyOffset + block * outputs * Lanes.WIDTH;
      for (int i = 0; i < inputs; i++) {
        Arrays.fill(sums, 0);
        addProducts(weights, weightsOffset + i, inputs, outputs, dy, from);
        int to = dxOffset + (block * inputs + i) * Lanes.WIDTH;
        System.arraycopy(sums, 0, dx, to, Lanes.WIDTH);
      }
    }
  }

  private void addProducts(
      float[] weights, int w, int weightStep, int depth, float[] source, int from) {
    for (int k = 0; k < depth; k++) {
      float weight = weights[w + k * weightStep];
      int at = from + k * Lanes.WIDTH;
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[lane] = Math.fma(source[at + lane], weight, sums[lane]);
      }
    }
  }

  @Override
  public void weightGradient(
      DenseGeometry geometry,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] gradient,
      int gradientOffset) {
    int inputs = geometry.inputs();
    int outputs = geometry.outputs();
    for (int o = 0; o < outputs; o++) {
      // Sixteen sums side by side, which do not wait for each other.
      for (int first = 0; first < inputs; first += Lanes.WIDTH) {
        int count = Math.min(Lanes.WIDTH, inputs - first);
        Arrays.fill(sums, 0);
        for (int block = 0; block < geometry.blocks(); block++) {
          int above = dyOffset + (block * outputs + o) * Lanes.WIDTH;
          int at = xOffset + (block * inputs + first) * Lanes.WIDTH;
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            for (int i = 0; i < count; i++) {
              sums[i] = Math.fma(x[at + i * Lanes.WIDTH + lane], dy[above + lane], sums[i]);
            }
          }
        }
        System.arraycopy(sums, 0, gradient, gradientOffset + o * inputs + first, count);
      }
    }
  }
}
