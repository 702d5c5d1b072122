package dev.convoy.kernel.vector;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.TapGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of turned planes: a tile of 4 filters by 3 taps stays in registers over all positions.
 * Rows of most filters have three taps or a multiple, so few tiles compute a tap again at the edge;
 * 12 accumulators fit in AVX2's sixteen registers, too.
 */
final class PlaneProduct {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;
  private static final int TAPS = 3;

  private PlaneProduct() {}

  static void add(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int row = geometry.taps() * Lanes.WIDTH;
    // Taps outside: the part of the source that three of them see stays in the nearest cache.
    for (int t = 0; t < geometry.taps(); t += TAPS) {
      for (int f = 0; f < filters; f += Kernels.PACK) {
        int w = leftOffset + f / Lanes.WIDTH * geometry.targetPlane() + f % Lanes.WIDTH;
        int y = targetOffset + f * row + t * Lanes.WIDTH;
        for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
          tile(geometry, t, left, w, source, sourceOffset + part, target, y + part);
        }
      }
    }
  }

  private static void tile(
      TapGeometry geometry,
      int t,
      float[] left,
      int w,
      float[] source,
      int from,
      float[] target,
      int y) {
    int last = geometry.taps() - 1;
    int x = from + geometry.offsets()[t];
    int second = geometry.offsets()[Math.min(t + 1, last)] - geometry.offsets()[t];
    int third = geometry.offsets()[Math.min(t + 2, last)] - geometry.offsets()[t];
    int columns = geometry.columns();
    int positions = geometry.rows() * columns;
    int sourceStep = geometry.sourceColumn();
    int leftStep = geometry.targetColumn();
    // From the end of a row to the start of the next.
    int sourceJump = geometry.sourceRow() - columns * sourceStep;
    int leftJump = geometry.targetRow() - columns * leftStep;
    int column = columns;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s32 = FloatVector.zero(SPECIES);
    // One loop over all positions: accumulators that cross nested loops would be boxed.
    for (int p = 0; p < positions; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + second);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + third);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      s02 = x2.fma(w0, s02);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      s12 = x2.fma(w1, s12);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      s22 = x2.fma(w2, s22);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      s32 = x2.fma(w3, s32);
      x += sourceStep;
      w += leftStep;
      if (--column == 0) {
        column = columns;
        x += sourceJump;
        w += leftJump;
      }
    }
    int taps = last + 1 - t;
    int row = (last + 1) * Lanes.WIDTH;
    addTo(target, y, row, s00, s10, s20, s30);
    if (taps > 1) {
      addTo(target, y + Lanes.WIDTH, row, s01, s11, s21, s31);
    }
    if (taps > 2) {
      addTo(target, y + 2 * Lanes.WIDTH, row, s02, s12, s22, s32);
    }
  }

  private static void addTo(
      float[] target,
      int y,
      int row,
      FloatVector s0,
      FloatVector s1,
      FloatVector s2,
      FloatVector s3) {
    int y1 = y + row;
    int y2 = y1 + row;
    int y3 = y2 + row;
    FloatVector.fromArray(SPECIES, target, y).add(s0).intoArray(target, y);
    FloatVector.fromArray(SPECIES, target, y1).add(s1).intoArray(target, y1);
    FloatVector.fromArray(SPECIES, target, y2).add(s2).intoArray(target, y2);
    FloatVector.fromArray(SPECIES, target, y3).add(s3).intoArray(target, y3);
  }
}
