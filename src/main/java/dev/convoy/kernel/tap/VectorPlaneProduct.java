package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of turned planes: a tile of 8 filters by 3 taps stays in registers over all positions,
 * of 4 by 3 at the edge and with AVX2's sixteen registers. Rows of most filters have three taps or
 * a multiple, so few tiles compute a tap again.
 */
final class VectorPlaneProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int TAPS = 3;

  private static final int TALL = 2 * Pack.SIZE;

  private final float[] sums = new float[TALL * TAPS * Lanes.WIDTH];

  void add(
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
      int count = Math.min(TAPS, geometry.taps() - t) * Lanes.WIDTH;
      int height;
      for (int f = 0; f < filters; f += height) {
        height = VectorWidth.HAS_32_REGISTERS && filters - f >= TALL ? TALL : Pack.SIZE;
        int w = leftOffset + f / Lanes.WIDTH * geometry.targetPlane() + f % Lanes.WIDTH;
        for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
          if (height == TALL) {
            tile8x3(geometry, t, left, w, source, sourceOffset + part, sums, part);
          } else {
            tile4x3(geometry, t, left, w, source, sourceOffset + part, sums, part);
          }
        }
        for (int i = 0; i < height; i++) {
          int to = targetOffset + (f + i) * row + t * Lanes.WIDTH;
          addTo(target, to, sums, i * TAPS * Lanes.WIDTH, count);
        }
      }
    }
  }

  private static void addTo(float[] target, int to, float[] sums, int from, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, target, to + i)
          .add(FloatVector.fromArray(SPECIES, sums, from + i))
          .intoArray(target, to + i);
    }
  }

  private static void tile8x3(
      TapGeometry geometry,
      int t,
      float[] left,
      int w,
      float[] source,
      int from,
      float[] sums,
      int to) {
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
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s40 = s00;
    FloatVector s41 = s00;
    FloatVector s42 = s00;
    FloatVector s50 = s00;
    FloatVector s51 = s00;
    FloatVector s52 = s00;
    FloatVector s60 = s00;
    FloatVector s61 = s00;
    FloatVector s62 = s00;
    FloatVector s70 = s00;
    FloatVector s71 = s00;
    FloatVector s72 = s00;
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
      FloatVector w4 = FloatVector.broadcast(SPECIES, left[w + 4]);
      s40 = x0.fma(w4, s40);
      s41 = x1.fma(w4, s41);
      s42 = x2.fma(w4, s42);
      FloatVector w5 = FloatVector.broadcast(SPECIES, left[w + 5]);
      s50 = x0.fma(w5, s50);
      s51 = x1.fma(w5, s51);
      s52 = x2.fma(w5, s52);
      FloatVector w6 = FloatVector.broadcast(SPECIES, left[w + 6]);
      s60 = x0.fma(w6, s60);
      s61 = x1.fma(w6, s61);
      s62 = x2.fma(w6, s62);
      FloatVector w7 = FloatVector.broadcast(SPECIES, left[w + 7]);
      s70 = x0.fma(w7, s70);
      s71 = x1.fma(w7, s71);
      s72 = x2.fma(w7, s72);
      x += sourceStep;
      w += leftStep;
      if (--column == 0) {
        column = columns;
        x += sourceJump;
        w += leftJump;
      }
    }
    s00.intoArray(sums, to);
    s01.intoArray(sums, to + 1 * Lanes.WIDTH);
    s02.intoArray(sums, to + 2 * Lanes.WIDTH);
    s10.intoArray(sums, to + 3 * Lanes.WIDTH);
    s11.intoArray(sums, to + 4 * Lanes.WIDTH);
    s12.intoArray(sums, to + 5 * Lanes.WIDTH);
    s20.intoArray(sums, to + 6 * Lanes.WIDTH);
    s21.intoArray(sums, to + 7 * Lanes.WIDTH);
    s22.intoArray(sums, to + 8 * Lanes.WIDTH);
    s30.intoArray(sums, to + 9 * Lanes.WIDTH);
    s31.intoArray(sums, to + 10 * Lanes.WIDTH);
    s32.intoArray(sums, to + 11 * Lanes.WIDTH);
    s40.intoArray(sums, to + 12 * Lanes.WIDTH);
    s41.intoArray(sums, to + 13 * Lanes.WIDTH);
    s42.intoArray(sums, to + 14 * Lanes.WIDTH);
    s50.intoArray(sums, to + 15 * Lanes.WIDTH);
    s51.intoArray(sums, to + 16 * Lanes.WIDTH);
    s52.intoArray(sums, to + 17 * Lanes.WIDTH);
    s60.intoArray(sums, to + 18 * Lanes.WIDTH);
    s61.intoArray(sums, to + 19 * Lanes.WIDTH);
    s62.intoArray(sums, to + 20 * Lanes.WIDTH);
    s70.intoArray(sums, to + 21 * Lanes.WIDTH);
    s71.intoArray(sums, to + 22 * Lanes.WIDTH);
    s72.intoArray(sums, to + 23 * Lanes.WIDTH);
  }

  private static void tile4x3(
      TapGeometry geometry,
      int t,
      float[] left,
      int w,
      float[] source,
      int from,
      float[] sums,
      int to) {
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
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
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
    s00.intoArray(sums, to);
    s01.intoArray(sums, to + 1 * Lanes.WIDTH);
    s02.intoArray(sums, to + 2 * Lanes.WIDTH);
    s10.intoArray(sums, to + 3 * Lanes.WIDTH);
    s11.intoArray(sums, to + 4 * Lanes.WIDTH);
    s12.intoArray(sums, to + 5 * Lanes.WIDTH);
    s20.intoArray(sums, to + 6 * Lanes.WIDTH);
    s21.intoArray(sums, to + 7 * Lanes.WIDTH);
    s22.intoArray(sums, to + 8 * Lanes.WIDTH);
    s30.intoArray(sums, to + 9 * Lanes.WIDTH);
    s31.intoArray(sums, to + 10 * Lanes.WIDTH);
    s32.intoArray(sums, to + 11 * Lanes.WIDTH);
  }
}
