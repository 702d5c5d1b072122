package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products in registers: 4 rows by 4 vectors of columns (2 with AVX2's sixteen registers),
 * {@code target[m, v] = start[m, v] + Σ_k weights[m, k] · source[k, v]}. Holds what the tiles of
 * one product share: where its three matrices lie.
 */
final class VectorDenseTile {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Rows of a tile. */
  static final int HEIGHT = 4;

  /** Vectors of columns of the widest tile. */
  static final int WIDTH = VectorWidth.HAS_32_REGISTERS ? 4 : 2;

  private float[] weights;
  private int weightRow;
  private int weightStep;
  private float[] source;
  private int sourceApart;
  private float[] target;
  private int targetRow;
  private int targetApart;

  /** The values that a tile's rows start from, one vector each. */
  private final float[] rowStart = new float[HEIGHT * LENGTH];

  /** From one row to the next and from one k to the next, in the left matrix. */
  void weights(float[] weights, int row, int step) {
    this.weights = weights;
    weightRow = row;
    weightStep = step;
  }

  /**
   * From one vector of columns to the next, in the right matrix; from one k to the next there are
   * 16 floats.
   */
  void source(float[] source, int apart) {
    this.source = source;
    sourceApart = apart;
  }

  /** From one row to the next and from one vector of columns to the next, in the target. */
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
        tile4x4(
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
        tile4x2(
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
        tile4x1(
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

  private void tile4x4(
      int depth,
      int w,
      int row1,
      int row2,
      int row3,
      int x,
      float[] start,
      int i,
      int i1,
      int i2,
      int i3,
      int startApart,
      int y,
      int y1,
      int y2,
      int y3) {
    float[] weights = this.weights;
    int weightStep = this.weightStep;
    float[] source = this.source;
    int apart = sourceApart;
    float[] target = this.target;
    int targetApart = this.targetApart;
    FloatVector s00 = FloatVector.fromArray(SPECIES, start, i);
    FloatVector s01 = FloatVector.fromArray(SPECIES, start, i + startApart);
    FloatVector s02 = FloatVector.fromArray(SPECIES, start, i + 2 * startApart);
    FloatVector s03 = FloatVector.fromArray(SPECIES, start, i + 3 * startApart);
    FloatVector s10 = FloatVector.fromArray(SPECIES, start, i1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, start, i1 + startApart);
    FloatVector s12 = FloatVector.fromArray(SPECIES, start, i1 + 2 * startApart);
    FloatVector s13 = FloatVector.fromArray(SPECIES, start, i1 + 3 * startApart);
    FloatVector s20 = FloatVector.fromArray(SPECIES, start, i2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, start, i2 + startApart);
    FloatVector s22 = FloatVector.fromArray(SPECIES, start, i2 + 2 * startApart);
    FloatVector s23 = FloatVector.fromArray(SPECIES, start, i2 + 3 * startApart);
    FloatVector s30 = FloatVector.fromArray(SPECIES, start, i3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, start, i3 + startApart);
    FloatVector s32 = FloatVector.fromArray(SPECIES, start, i3 + 2 * startApart);
    FloatVector s33 = FloatVector.fromArray(SPECIES, start, i3 + 3 * startApart);
    int end = x + depth * Lanes.WIDTH;
    for (int at = x; at < end; at += Lanes.WIDTH) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + apart);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * apart);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * apart);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      s02 = x2.fma(w0, s02);
      s03 = x3.fma(w0, s03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + row1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      s12 = x2.fma(w1, s12);
      s13 = x3.fma(w1, s13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + row2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      s22 = x2.fma(w2, s22);
      s23 = x3.fma(w2, s23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + row3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      s32 = x2.fma(w3, s32);
      s33 = x3.fma(w3, s33);
      w += weightStep;
    }
    s00.intoArray(target, y);
    s01.intoArray(target, y + targetApart);
    s02.intoArray(target, y + 2 * targetApart);
    s03.intoArray(target, y + 3 * targetApart);
    s10.intoArray(target, y1);
    s11.intoArray(target, y1 + targetApart);
    s12.intoArray(target, y1 + 2 * targetApart);
    s13.intoArray(target, y1 + 3 * targetApart);
    s20.intoArray(target, y2);
    s21.intoArray(target, y2 + targetApart);
    s22.intoArray(target, y2 + 2 * targetApart);
    s23.intoArray(target, y2 + 3 * targetApart);
    s30.intoArray(target, y3);
    s31.intoArray(target, y3 + targetApart);
    s32.intoArray(target, y3 + 2 * targetApart);
    s33.intoArray(target, y3 + 3 * targetApart);
  }

  private void tile4x2(
      int depth,
      int w,
      int row1,
      int row2,
      int row3,
      int x,
      float[] start,
      int i,
      int i1,
      int i2,
      int i3,
      int startApart,
      int y,
      int y1,
      int y2,
      int y3) {
    float[] weights = this.weights;
    int weightStep = this.weightStep;
    float[] source = this.source;
    int apart = sourceApart;
    float[] target = this.target;
    int targetApart = this.targetApart;
    FloatVector s00 = FloatVector.fromArray(SPECIES, start, i);
    FloatVector s01 = FloatVector.fromArray(SPECIES, start, i + startApart);
    FloatVector s10 = FloatVector.fromArray(SPECIES, start, i1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, start, i1 + startApart);
    FloatVector s20 = FloatVector.fromArray(SPECIES, start, i2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, start, i2 + startApart);
    FloatVector s30 = FloatVector.fromArray(SPECIES, start, i3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, start, i3 + startApart);
    int end = x + depth * Lanes.WIDTH;
    for (int at = x; at < end; at += Lanes.WIDTH) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + apart);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + row1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + row2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + row3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      w += weightStep;
    }
    s00.intoArray(target, y);
    s01.intoArray(target, y + targetApart);
    s10.intoArray(target, y1);
    s11.intoArray(target, y1 + targetApart);
    s20.intoArray(target, y2);
    s21.intoArray(target, y2 + targetApart);
    s30.intoArray(target, y3);
    s31.intoArray(target, y3 + targetApart);
  }

  private void tile4x1(
      int depth,
      int w,
      int row1,
      int row2,
      int row3,
      int x,
      float[] start,
      int i,
      int i1,
      int i2,
      int i3,
      int y,
      int y1,
      int y2,
      int y3) {
    float[] weights = this.weights;
    int weightStep = this.weightStep;
    float[] source = this.source;
    float[] target = this.target;
    FloatVector s00 = FloatVector.fromArray(SPECIES, start, i);
    FloatVector s10 = FloatVector.fromArray(SPECIES, start, i1);
    FloatVector s20 = FloatVector.fromArray(SPECIES, start, i2);
    FloatVector s30 = FloatVector.fromArray(SPECIES, start, i3);
    int end = x + depth * Lanes.WIDTH;
    for (int at = x; at < end; at += Lanes.WIDTH) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + row1]);
      s10 = x0.fma(w1, s10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + row2]);
      s20 = x0.fma(w2, s20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + row3]);
      s30 = x0.fma(w3, s30);
      w += weightStep;
    }
    s00.intoArray(target, y);
    s10.intoArray(target, y1);
    s20.intoArray(target, y2);
    s30.intoArray(target, y3);
  }
}
