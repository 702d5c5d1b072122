package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Maximum over windows, all lanes of a position at once. */
public final class VectorMaxPool {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private VectorMaxPool() {}

  static void forward(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    boolean isSquare = geometry.isSquare();
    int row = geometry.inputWidth() * Lanes.WIDTH;
    if (geometry.halves()) {
      int rows = planes * geometry.outputHeight();
      int length = geometry.outputWidth() * Lanes.WIDTH;
      for (int m = 0; m < rows; m++) {
        int to = targetOffset + m * length;
        int winnersTo = winnersOffset + m * length;
        squares(source, sourceOffset + 2 * m * row, row, length, target, to, winners, winnersTo);
      }
      return;
    }
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
          if (isSquare && cells == 4) {
            int at = x + geometry.pixel(m, n, 0, 0) * Lanes.WIDTH;
            for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
              int to = output + part;
              square(
                  source, at + part, row, target, targetOffset + to, winners, winnersOffset + to);
            }
            output += Lanes.WIDTH;
            continue;
          }
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

  /** Takes a row of windows of 2 by 2 without gaps: in each the winners of its two rows meet. */
  public static void squares(
      float[] source,
      int from,
      int row,
      int length,
      float[] target,
      int to,
      float[] winners,
      int winnersTo) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector three = FloatVector.broadcast(SPECIES, 3);
    for (int n = 0; n < length; n += SPECIES.length()) {
      int at = from + 2 * n - n % Lanes.WIDTH;
      FloatVector upper = FloatVector.fromArray(SPECIES, source, at);
      FloatVector right = FloatVector.fromArray(SPECIES, source, at + Lanes.WIDTH);
      VectorMask<Float> wins = wins(right, upper);
      upper = upper.blend(right, wins);
      FloatVector winner = zero.blend(one, wins);
      FloatVector lower = FloatVector.fromArray(SPECIES, source, at + row);
      right = FloatVector.fromArray(SPECIES, source, at + row + Lanes.WIDTH);
      wins = wins(right, lower);
      lower = lower.blend(right, wins);
      FloatVector lowerWinner = two.blend(three, wins);
      wins = wins(lower, upper);
      upper.blend(lower, wins).intoArray(target, to + n);
      winner.blend(lowerWinner, wins).intoArray(winners, winnersTo + n);
    }
  }

  private static void square(
      float[] source, int at, int row, float[] target, int to, float[] winners, int winnersTo) {
    FloatVector best = FloatVector.fromArray(SPECIES, source, at);
    FloatVector winner = FloatVector.zero(SPECIES);
    FloatVector value = FloatVector.fromArray(SPECIES, source, at + Lanes.WIDTH);
    VectorMask<Float> wins = wins(value, best);
    best = best.blend(value, wins);
    winner = winner.blend(1, wins);
    value = FloatVector.fromArray(SPECIES, source, at + row);
    wins = wins(value, best);
    best = best.blend(value, wins);
    winner = winner.blend(2, wins);
    value = FloatVector.fromArray(SPECIES, source, at + row + Lanes.WIDTH);
    wins = wins(value, best);
    best.blend(value, wins).intoArray(target, to);
    winner.blend(3, wins).intoArray(winners, winnersTo);
  }

  /** Compares as the scalar kernel does: NaN wins over any number and nothing wins over NaN. */
  private static VectorMask<Float> wins(FloatVector value, FloatVector best) {
    return value
        .compare(VectorOperators.LE, best)
        .not()
        .and(best.compare(VectorOperators.EQ, best));
  }

  private static void squareBackward(
      FloatVector dy, float[] winners, int winnersFrom, float[] gradient, int at, int row) {
    FloatVector winner = FloatVector.fromArray(SPECIES, winners, winnersFrom);
    FloatVector zero = FloatVector.zero(SPECIES);
    zero.blend(dy, winner.compare(VectorOperators.EQ, 0)).intoArray(gradient, at);
    zero.blend(dy, winner.compare(VectorOperators.EQ, 1)).intoArray(gradient, at + Lanes.WIDTH);
    zero.blend(dy, winner.compare(VectorOperators.EQ, 2)).intoArray(gradient, at + row);
    zero.blend(dy, winner.compare(VectorOperators.EQ, 3))
        .intoArray(gradient, at + row + Lanes.WIDTH);
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
    if (geometry.halves()) {
      coveringBackward(
          geometry,
          planes,
          gradient,
          gradientOffset,
          winners,
          winnersOffset,
          sourceGradient,
          sourceOffset);
      return;
    }
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

  private static void coveringBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int row = geometry.inputWidth() * Lanes.WIDTH;
    int rows = planes * geometry.outputHeight();
    int length = geometry.outputWidth() * Lanes.WIDTH;
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < length; n += SPECIES.length()) {
        int output = m * length + n;
        int at = sourceOffset + 2 * m * row + 2 * (n - n % Lanes.WIDTH) + n % Lanes.WIDTH;
        // What is summed elsewhere starts from 0, which makes 0 of -0.
        FloatVector dy =
            FloatVector.fromArray(SPECIES, gradient, gradientOffset + output)
                .add(FloatVector.zero(SPECIES));
        squareBackward(dy, winners, winnersOffset + output, sourceGradient, at, row);
      }
    }
  }
}
