package dev.convoy.kernel.vector;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MatrixGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices that are added to a target: a tile of 4 rows by 4 vectors of columns (2 with
 * AVX2's sixteen registers) stays in registers over a stretch of k. Many rows share a copy of the
 * right matrix's part that they read, which fits the nearest cache.
 *
 * @see <a href="https://doi.org/10.1145/1356052.1356053">Goto and van de Geijn, Anatomy of
 *     High-Performance Matrix Multiplication</a>
 */
final class MatrixProduct {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;
  private static final int LENGTH = SPECIES.length();
  private static final int WIDE = (Species.HAS_32_REGISTERS ? 4 : 2) * LENGTH;

  /** Rows that make a copy worth its while. */
  private static final int MANY_ROWS = 64;

  private final float[] panel = new float[MatrixGeometry.STRETCH * WIDE];

  void add(
      MatrixGeometry geometry,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    boolean copies = geometry.rows() >= MANY_ROWS && geometry.rightStep() > WIDE;
    for (int column = 0; column < geometry.columns(); column += WIDE) {
      int width = Math.min(WIDE, geometry.columns() - column);
      for (int k = 0; k < geometry.depth(); k += MatrixGeometry.STRETCH) {
        int depth = Math.min(MatrixGeometry.STRETCH, geometry.depth() - k);
        int x = rightOffset + k * geometry.rightStep() + column;
        int w = leftOffset + k * geometry.leftStep();
        int y = targetOffset + column;
        if (copies) {
          for (int i = 0; i < depth; i++) {
            System.arraycopy(right, x + i * geometry.rightStep(), panel, i * WIDE, width);
          }
          strip(geometry, depth, width / LENGTH, left, w, panel, 0, WIDE, target, y);
        } else {
          int step = geometry.rightStep();
          strip(geometry, depth, width / LENGTH, left, w, right, x, step, target, y);
        }
      }
    }
  }

  /** All rows of a few columns. */
  private static void strip(
      MatrixGeometry geometry,
      int depth,
      int width,
      float[] left,
      int leftFrom,
      float[] right,
      int x,
      int rightStep,
      float[] target,
      int targetFrom) {
    int leftStep = geometry.leftStep();
    int row = geometry.targetRow();
    int m = 0;
    if (width == 1) {
      for (; m + TallTile.ROWS <= geometry.rows(); m += TallTile.ROWS) {
        int upper = leftFrom + m / Kernels.PACK * geometry.leftGroup();
        int lower = upper + geometry.leftGroup();
        int y = targetFrom + m * row;
        TallTile.add(depth, left, upper, lower, leftStep, right, x, rightStep, target, y, row);
      }
    }
    for (; m < geometry.rows(); m += Kernels.PACK) {
      int w = leftFrom + m / Kernels.PACK * geometry.leftGroup();
      int y = targetFrom + m * row;
      if (width == 4) {
        tile4x4(depth, left, w, leftStep, right, x, rightStep, target, y, row);
      } else if (width >= 2) {
        tile4x2(depth, left, w, leftStep, right, x, rightStep, target, y, row);
      }
      if (width % 2 == 1) {
        int done = (width - 1) * LENGTH;
        tile4x1(depth, left, w, leftStep, right, x + done, rightStep, target, y + done, row);
      }
    }
  }

  private static void tile4x4(
      int depth,
      float[] left,
      int w,
      int leftStep,
      float[] right,
      int x,
      int rightStep,
      float[] target,
      int y,
      int row) {
    int y1 = y + row;
    int y2 = y1 + row;
    int y3 = y2 + row;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s03 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s13 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    FloatVector s23 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s32 = FloatVector.zero(SPECIES);
    FloatVector s33 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, right, x + LENGTH);
      FloatVector x2 = FloatVector.fromArray(SPECIES, right, x + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(SPECIES, right, x + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      s02 = x2.fma(w0, s02);
      s03 = x3.fma(w0, s03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      s12 = x2.fma(w1, s12);
      s13 = x3.fma(w1, s13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      s22 = x2.fma(w2, s22);
      s23 = x3.fma(w2, s23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      s32 = x2.fma(w3, s32);
      s33 = x3.fma(w3, s33);
      x += rightStep;
      w += leftStep;
    }
    FloatVector.fromArray(SPECIES, target, y).add(s00).intoArray(target, y);
    FloatVector.fromArray(SPECIES, target, y + LENGTH).add(s01).intoArray(target, y + LENGTH);
    FloatVector.fromArray(SPECIES, target, y + 2 * LENGTH)
        .add(s02)
        .intoArray(target, y + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y + 3 * LENGTH)
        .add(s03)
        .intoArray(target, y + 3 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y1).add(s10).intoArray(target, y1);
    FloatVector.fromArray(SPECIES, target, y1 + LENGTH).add(s11).intoArray(target, y1 + LENGTH);
    FloatVector.fromArray(SPECIES, target, y1 + 2 * LENGTH)
        .add(s12)
        .intoArray(target, y1 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y1 + 3 * LENGTH)
        .add(s13)
        .intoArray(target, y1 + 3 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y2).add(s20).intoArray(target, y2);
    FloatVector.fromArray(SPECIES, target, y2 + LENGTH).add(s21).intoArray(target, y2 + LENGTH);
    FloatVector.fromArray(SPECIES, target, y2 + 2 * LENGTH)
        .add(s22)
        .intoArray(target, y2 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y2 + 3 * LENGTH)
        .add(s23)
        .intoArray(target, y2 + 3 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y3).add(s30).intoArray(target, y3);
    FloatVector.fromArray(SPECIES, target, y3 + LENGTH).add(s31).intoArray(target, y3 + LENGTH);
    FloatVector.fromArray(SPECIES, target, y3 + 2 * LENGTH)
        .add(s32)
        .intoArray(target, y3 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, target, y3 + 3 * LENGTH)
        .add(s33)
        .intoArray(target, y3 + 3 * LENGTH);
  }

  private static void tile4x2(
      int depth,
      float[] left,
      int w,
      int leftStep,
      float[] right,
      int x,
      int rightStep,
      float[] target,
      int y,
      int row) {
    int y1 = y + row;
    int y2 = y1 + row;
    int y3 = y2 + row;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, right, x + LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      x += rightStep;
      w += leftStep;
    }
    FloatVector.fromArray(SPECIES, target, y).add(s00).intoArray(target, y);
    FloatVector.fromArray(SPECIES, target, y + LENGTH).add(s01).intoArray(target, y + LENGTH);
    FloatVector.fromArray(SPECIES, target, y1).add(s10).intoArray(target, y1);
    FloatVector.fromArray(SPECIES, target, y1 + LENGTH).add(s11).intoArray(target, y1 + LENGTH);
    FloatVector.fromArray(SPECIES, target, y2).add(s20).intoArray(target, y2);
    FloatVector.fromArray(SPECIES, target, y2 + LENGTH).add(s21).intoArray(target, y2 + LENGTH);
    FloatVector.fromArray(SPECIES, target, y3).add(s30).intoArray(target, y3);
    FloatVector.fromArray(SPECIES, target, y3 + LENGTH).add(s31).intoArray(target, y3 + LENGTH);
  }

  private static void tile4x1(
      int depth,
      float[] left,
      int w,
      int leftStep,
      float[] right,
      int x,
      int rightStep,
      float[] target,
      int y,
      int row) {
    int y1 = y + row;
    int y2 = y1 + row;
    int y3 = y2 + row;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, x);
      s00 = x0.fma(FloatVector.broadcast(SPECIES, left[w]), s00);
      s10 = x0.fma(FloatVector.broadcast(SPECIES, left[w + 1]), s10);
      s20 = x0.fma(FloatVector.broadcast(SPECIES, left[w + 2]), s20);
      s30 = x0.fma(FloatVector.broadcast(SPECIES, left[w + 3]), s30);
      x += rightStep;
      w += leftStep;
    }
    FloatVector.fromArray(SPECIES, target, y).add(s00).intoArray(target, y);
    FloatVector.fromArray(SPECIES, target, y1).add(s10).intoArray(target, y1);
    FloatVector.fromArray(SPECIES, target, y2).add(s20).intoArray(target, y2);
    FloatVector.fromArray(SPECIES, target, y3).add(s30).intoArray(target, y3);
  }
}
