package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Means over windows, all lanes of a position at once. */
final class VectorAvgPool {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private VectorAvgPool() {}

  static void forward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      double[] totals) {
    int output = targetOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        int firstRow = geometry.firstRow(m);
        int endRow = geometry.endRow(m);
        for (int n = 0; n < geometry.outputWidth(); n++) {
          int firstColumn = geometry.firstColumn(n);
          int endColumn = geometry.endColumn(n);
          int cells = (endRow - firstRow) * (endColumn - firstColumn);
          float factor = scale[m * geometry.outputWidth() + n];
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            if (cells > PoolKernels.STRETCH) {
              sumOfStretches(
                  geometry, m, n, source, x + part, factor, target, output + part, totals);
              continue;
            }
            FloatVector sum = FloatVector.zero(SPECIES);
            int j = firstRow;
            int k = firstColumn;
            // One loop over the window's cells: vectors that cross nested loops would be boxed.
            for (int cell = 0; cell < cells; cell++) {
              int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + part;
              sum = sum.add(FloatVector.fromArray(SPECIES, source, at));
              if (++k == endColumn) {
                k = firstColumn;
                j++;
              }
            }
            sum.mul(factor).intoArray(target, output + part);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  /**
   * Computes the mean of a large window for the lanes of a vector.
   *
   * @param totals scratch, sixteen values
   */
  private static void sumOfStretches(
      PoolGeometry geometry,
      int m,
      int n,
      float[] source,
      int x,
      float factor,
      float[] target,
      int output,
      double[] totals) {
    int columns = geometry.endColumn(n) - geometry.firstColumn(n);
    int cells = (geometry.endRow(m) - geometry.firstRow(m)) * columns;
    Arrays.fill(totals, 0);
    for (int start = 0; start < cells; start += PoolKernels.STRETCH) {
      int end = Math.min(cells, start + PoolKernels.STRETCH);
      int j = geometry.firstRow(m) + start / columns;
      int k = geometry.firstColumn(n) + start % columns;
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int cell = start; cell < end; cell++) {
        int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH;
        sum = sum.add(FloatVector.fromArray(SPECIES, source, at));
        if (++k == geometry.endColumn(n)) {
          k = geometry.firstColumn(n);
          j++;
        }
      }
      sum.intoArray(target, output);
      for (int lane = 0; lane < SPECIES.length(); lane++) {
        totals[lane] += target[output + lane];
      }
    }
    for (int lane = 0; lane < SPECIES.length(); lane++) {
      target[output + lane] = (float) totals[lane] * factor;
    }
  }

  static void backward(
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
        int firstRow = geometry.firstRow(m);
        int endRow = geometry.endRow(m);
        for (int n = 0; n < geometry.outputWidth(); n++) {
          int firstColumn = geometry.firstColumn(n);
          int endColumn = geometry.endColumn(n);
          float factor = scale[m * geometry.outputWidth() + n];
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            FloatVector share = FloatVector.fromArray(SPECIES, gradient, output + part).mul(factor);
            for (int j = firstRow; j < endRow; j++) {
              for (int k = firstColumn; k < endColumn; k++) {
                int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + part;
                FloatVector.fromArray(SPECIES, sourceGradient, at)
                    .add(share)
                    .intoArray(sourceGradient, at);
              }
            }
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }
}
