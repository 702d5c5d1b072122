package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products in registers: 4 rows by 4 vectors of columns (2 with AVX2's sixteen registers),
 * {@code target[m, v] = start[m, v] + Σ_k weights[m, k] · source[k, v]}. Holds what the tiles of
 * one product share: where its three matrices lie.
 */
final class VectorDenseProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Rows of a tile. */
  static final int HEIGHT = 4;

  /** Vectors of columns of the widest tile. */
  static final int WIDTH = VectorWidth.HAS_32_REGISTERS ? 4 : 2;

  // The tiles read these themselves: so many arguments more would cost small products a tenth.
  float[] weights = {};
  int weightStep;
  float[] source = {};
  int sourceApart;
  float[] target = {};
  int targetApart;

  private int weightRow;
  private int targetRow;

  /** The values that a tile's rows start from, one vector each. */
  private final float[] rowStart = new float[HEIGHT * LENGTH];

  /** Sets the left matrix, and the steps in it from one row and from one k to the next. */
  void weights(float[] weights, int row, int step) {
    this.weights = weights;
    weightRow = row;
    weightStep = step;
  }

  /**
   * Sets the right matrix, and the step in it from one vector of columns to the next; from one k to
   * the next there are 16 floats.
   */
  void source(float[] source, int apart) {
    this.source = source;
    sourceApart = apart;
  }

  /**
   * Sets the target, and the steps in it from one row and from one vector of columns to the next.
   */
  void target(float[] target, int row, int apart) {
    this.target = target;
    targetRow = row;
    targetApart = apart;
  }

  /** Lets the rows of the tiles that follow start from these values. */
  void startFrom(float[] start, int first, int rows) {
    for (int row = 0; row < rows; row++) {
      FloatVector.broadcast(SPECIES, start[first + row]).intoArray(rowStart, row * LENGTH);
    }
  }

  /** Lets the rows of the tiles that follow start from 0. */
  void startFromZero() {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = 0; row < HEIGHT; row++) {
      zero.intoArray(rowStart, row * LENGTH);
    }
  }

  /**
   * Computes some vectors of a few rows. Of fewer rows than a tile has, the last is computed again
   * in place of the missing ones, rather than to branch.
   *
   * @param rows 1 to 4
   * @param columns vectors, 1 to {@link #WIDTH}
   * @param goesOn whether the sums start from what the target holds
   */
  void run(int rows, int columns, int depth, int w, int x, int y, boolean goesOn) {
    int second = Math.min(1, rows - 1);
    int third = Math.min(2, rows - 1);
    int fourth = rows - 1;
    float[] start = goesOn ? target : rowStart;
    int from = goesOn ? y : 0;
    int startRow = goesOn ? targetRow : LENGTH;
    int startApart = goesOn ? targetApart : 0;
    int done = 0;
    for (int left = columns; left > 0; left = columns - done) {
      int at = x + done * sourceApart;
      int i = from + done * startApart;
      int to = y + done * targetApart;
      if (left >= 4) {
        VectorDenseTiles.tile4x4(
            this,
            depth,
            w,
            second * weightRow,
            third * weightRow,
            fourth * weightRow,
            at,
            start,
            i,
            i + second * startRow,
            i + third * startRow,
            i + fourth * startRow,
            startApart,
            to,
            to + second * targetRow,
            to + third * targetRow,
            to + fourth * targetRow);
        done += 4;
      } else if (left >= 2) {
        VectorDenseTiles.tile4x2(
            this,
            depth,
            w,
            second * weightRow,
            third * weightRow,
            fourth * weightRow,
            at,
            start,
            i,
            i + second * startRow,
            i + third * startRow,
            i + fourth * startRow,
            startApart,
            to,
            to + second * targetRow,
            to + third * targetRow,
            to + fourth * targetRow);
        done += 2;
      } else {
        VectorDenseTiles.tile4x1(
            this,
            depth,
            w,
            second * weightRow,
            third * weightRow,
            fourth * weightRow,
            at,
            start,
            i,
            i + second * startRow,
            i + third * startRow,
            i + fourth * startRow,
            to,
            to + second * targetRow,
            to + third * targetRow,
            to + fourth * targetRow);
        done += 1;
      }
    }
  }
}
