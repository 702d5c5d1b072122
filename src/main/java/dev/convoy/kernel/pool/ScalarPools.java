package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/** Pooling in plain Java, lane by lane. */
public final class ScalarPools implements PoolBackend {
  private final float[] sums = new float[Lanes.WIDTH];
  private final double[] totals = new double[Lanes.WIDTH];

  @Override
  public void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    int output = 0;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            maxOfWindow(
                geometry,
                m,
                n,
                source,
                x + lane,
                target,
                targetOffset + output + lane,
                winners,
                winnersOffset + output + lane);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = planes * geometry.inputSize() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + inputs, 0);
    int output = 0;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            int winner = (int) winners[winnersOffset + output + lane];
            int j = winner / geometry.kernelWidth();
            int k = winner % geometry.kernelWidth();
            int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + lane;
            sourceGradient[at] += gradient[gradientOffset + output + lane];
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  @Override
  public void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int output = targetOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          Arrays.fill(sums, 0);
          Arrays.fill(totals, 0);
          int cells = 0;
          for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
            for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
              Lanes.addScaled(source, x + geometry.pixel(m, n, j, k) * Lanes.WIDTH, 1, sums);
              if (++cells % PoolKernels.STRETCH == 0) {
                addStretch();
              }
            }
          }
          addStretch();
          float factor = scale[m * geometry.outputWidth() + n];
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            target[output + lane] = (float) totals[lane] * factor;
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  private void addStretch() {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      totals[lane] += sums[lane];
      sums[lane] = 0;
    }
  }

  @Override
  public void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = planes * geometry.inputSize() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + inputs, 0);
    int output = gradientOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          float factor = scale[m * geometry.outputWidth() + n];
          for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
            for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
              int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH;
              for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                float product = gradient[output + lane] * factor;
                sourceGradient[at + lane] += product;
              }
            }
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  private static void maxOfWindow(
      PoolGeometry geometry,
      int m,
      int n,
      float[] source,
      int plane,
      float[] target,
      int to,
      float[] winners,
      int winnerTo) {
    float best = Float.NEGATIVE_INFINITY;
    int winner = geometry.firstRow(m) * geometry.kernelWidth() + geometry.firstColumn(n);
    for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
      for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
        float value = source[plane + geometry.pixel(m, n, j, k) * Lanes.WIDTH];
        // Written so that NaN wins over any number and nothing wins over NaN.
        if (!(value <= best) && !Float.isNaN(best)) {
          best = value;
          winner = j * geometry.kernelWidth() + k;
        }
      }
    }
    target[to] = best;
    winners[winnerTo] = winner;
  }

  @Override
  public void bilinear(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    ScalarBilinear.forward(rows, columns, planes, source, sourceOffset, target, targetOffset);
  }

  @Override
  public void bilinearBackward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    ScalarBilinear.backward(
        rows, columns, planes, gradient, gradientOffset, sourceGradient, sourceOffset);
  }
}
