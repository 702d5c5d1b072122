package dev.convoy.kernel.vector;

import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.PoolGeometry;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Maximum over windows, all lanes of a position at once. */
final class MaxPool {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

  private MaxPool() {}

  static void forward(
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
        int firstRow = geometry.firstRow(m);
        int endRow = geometry.endRow(m);
        for (int n = 0; n < geometry.outputWidth(); n++) {
          int firstColumn = geometry.firstColumn(n);
          int endColumn = geometry.endColumn(n);
          int cells = (endRow - firstRow) * (endColumn - firstColumn);
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
            int j = firstRow;
            int k = firstColumn;
            FloatVector winner = FloatVector.broadcast(SPECIES, j * geometry.kernelWidth() + k);
            // One loop over the window's cells: vectors that cross nested loops would be boxed.
            for (int cell = 0; cell < cells; cell++) {
              int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + part;
              FloatVector value = FloatVector.fromArray(SPECIES, source, at);
              // As in the scalar kernel: NaN wins over any number and nothing wins over NaN.
              VectorMask<Float> wins =
                  value
                      .compare(VectorOperators.LE, best)
                      .not()
                      .and(best.compare(VectorOperators.EQ, best));
              best = best.blend(value, wins);
              float number = j * geometry.kernelWidth() + k;
              winner = winner.blend(FloatVector.broadcast(SPECIES, number), wins);
              if (++k == endColumn) {
                k = firstColumn;
                j++;
              }
            }
            best.intoArray(target, targetOffset + output + part);
            winner.intoArray(winners, winnersOffset + output + part);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  static void backward(
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
        int firstRow = geometry.firstRow(m);
        int endRow = geometry.endRow(m);
        for (int n = 0; n < geometry.outputWidth(); n++) {
          int firstColumn = geometry.firstColumn(n);
          int endColumn = geometry.endColumn(n);
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            FloatVector dy =
                FloatVector.fromArray(SPECIES, gradient, gradientOffset + output + part);
            FloatVector winner =
                FloatVector.fromArray(SPECIES, winners, winnersOffset + output + part);
            for (int j = firstRow; j < endRow; j++) {
              for (int k = firstColumn; k < endColumn; k++) {
                int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + part;
                float cell = j * geometry.kernelWidth() + k;
                FloatVector sum = FloatVector.fromArray(SPECIES, sourceGradient, at);
                sum.blend(sum.add(dy), winner.compare(VectorOperators.EQ, cell))
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
