package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of a tap product by its weights: a tile of filters by taps is kept in accumulators
 * over all positions of all blocks, lane by lane; the lanes are joined at the end, once a weight.
 *
 * <p>Tiles are 4 by 4 with 32 registers (AVX-512, NEON), 4 by 5 where five taps lie side by side,
 * and 4 by 2 with 16 (AVX2). At the edges a tile computes its last filter or tap again rather than
 * branch.
 */
final class VectorTapProductGradient {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  /** Taps side by side in a filter of five columns. */
  private static final int RUN = 5;

  private final float[] scratch = new float[Pack.SIZE * RUN * Lanes.WIDTH];

  void gradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f += Pack.SIZE) {
      int to = targetOffset + f * geometry.targetPlane();
      int gradientTo = gradientOffset + f * taps;
      if (VectorWidth.HAS_32_REGISTERS) {
        int width;
        for (int t = 0; t < taps; t += width) {
          width = filters - f > 2 && isRun(geometry, t) ? RUN : 4;
          if (width == RUN) {
            gradient4x5(
                geometry,
                blocks,
                sourceBlock,
                targetBlock,
                source,
                sourceOffset,
                t,
                target,
                to,
                filters - f,
                gradient,
                gradientTo);
          } else if (filters - f > 2) {
            gradient4x4(
                geometry,
                blocks,
                sourceBlock,
                targetBlock,
                source,
                sourceOffset,
                t,
                target,
                to,
                filters - f,
                gradient,
                gradientTo);
          } else {
            gradient2x4(
                geometry,
                blocks,
                sourceBlock,
                targetBlock,
                source,
                sourceOffset,
                t,
                target,
                to,
                filters - f,
                gradient,
                gradientTo);
          }
        }
      } else {
        for (int t = 0; t < taps; t += 2) {
          gradient4x2(
              geometry,
              blocks,
              sourceBlock,
              targetBlock,
              source,
              sourceOffset,
              t,
              target,
              to,
              filters - f,
              gradient,
              gradientTo);
        }
      }
    }
  }

  /** Whether five taps from t on lie side by side, as those of a row of a filter do. */
  private static boolean isRun(TapGeometry geometry, int t) {
    int[] offsets = geometry.offsets();
    if (t + RUN > offsets.length) {
      return false;
    }
    for (int i = 1; i < RUN; i++) {
      if (offsets[t + i] - offsets[t + i - 1] != geometry.sourceColumn()) {
        return false;
      }
    }
    return true;
  }

  private void gradient4x5(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      float[] source,
      int from,
      int t,
      float[] target,
      int to,
      int filters,
      float[] gradient,
      int gradientTo) {
    int taps = geometry.taps();
    Arrays.fill(scratch, 0);
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      for (int block = 0; block < blocks; block++) {
        block4x5(
            geometry,
            source,
            from + part + block * sourceBlock + geometry.offsets()[t],
            target,
            to + part + block * targetBlock,
            filters,
            scratch,
            part);
      }
    }
    for (int f = 0; f < Math.min(4, filters); f++) {
      for (int k = 0; k < RUN; k++) {
        float sum = Lanes.sum(scratch, (f * RUN + k) * Lanes.WIDTH);
        gradient[gradientTo + f * taps + t + k] = sum;
      }
    }
  }

  /**
   * Five taps side by side see the same values one position apart: four of five stay in registers
   * from one position of a row to the next.
   */
  private static void block4x5(
      TapGeometry geometry,
      float[] source,
      int x,
      float[] target,
      int y,
      int filters,
      float[] sums,
      int at) {
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int plane2 = Math.min(2, filters - 1) * geometry.targetPlane();
    int plane3 = Math.min(3, filters - 1) * geometry.targetPlane();
    int columns = geometry.columns();
    int step = geometry.sourceColumn();
    int targetStep = geometry.targetColumn();
    // From the end of a row to the start of the next.
    int sourceJump = geometry.sourceRow() - columns * step;
    int targetJump = geometry.targetRow() - columns * targetStep;
    FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at + 0 * Lanes.WIDTH);
    FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + 1 * Lanes.WIDTH);
    FloatVector s02 = FloatVector.fromArray(SPECIES, sums, at + 2 * Lanes.WIDTH);
    FloatVector s03 = FloatVector.fromArray(SPECIES, sums, at + 3 * Lanes.WIDTH);
    FloatVector s04 = FloatVector.fromArray(SPECIES, sums, at + 4 * Lanes.WIDTH);
    FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 5 * Lanes.WIDTH);
    FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 6 * Lanes.WIDTH);
    FloatVector s12 = FloatVector.fromArray(SPECIES, sums, at + 7 * Lanes.WIDTH);
    FloatVector s13 = FloatVector.fromArray(SPECIES, sums, at + 8 * Lanes.WIDTH);
    FloatVector s14 = FloatVector.fromArray(SPECIES, sums, at + 9 * Lanes.WIDTH);
    FloatVector s20 = FloatVector.fromArray(SPECIES, sums, at + 10 * Lanes.WIDTH);
    FloatVector s21 = FloatVector.fromArray(SPECIES, sums, at + 11 * Lanes.WIDTH);
    FloatVector s22 = FloatVector.fromArray(SPECIES, sums, at + 12 * Lanes.WIDTH);
    FloatVector s23 = FloatVector.fromArray(SPECIES, sums, at + 13 * Lanes.WIDTH);
    FloatVector s24 = FloatVector.fromArray(SPECIES, sums, at + 14 * Lanes.WIDTH);
    FloatVector s30 = FloatVector.fromArray(SPECIES, sums, at + 15 * Lanes.WIDTH);
    FloatVector s31 = FloatVector.fromArray(SPECIES, sums, at + 16 * Lanes.WIDTH);
    FloatVector s32 = FloatVector.fromArray(SPECIES, sums, at + 17 * Lanes.WIDTH);
    FloatVector s33 = FloatVector.fromArray(SPECIES, sums, at + 18 * Lanes.WIDTH);
    FloatVector s34 = FloatVector.fromArray(SPECIES, sums, at + 19 * Lanes.WIDTH);
    int positions = geometry.rows() * columns;
    int column = columns;
    FloatVector x0 = FloatVector.fromArray(SPECIES, source, x);
    FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + step);
    FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + 2 * step);
    FloatVector x3 = FloatVector.fromArray(SPECIES, source, x + 3 * step);
    // One loop over all positions: accumulators that cross nested loops would be boxed.
    for (int p = 1; p <= positions; p++) {
      FloatVector x4 = FloatVector.fromArray(SPECIES, source, x + 4 * step);
      FloatVector y0 = FloatVector.fromArray(SPECIES, target, y);
      s00 = x0.fma(y0, s00);
      s01 = x1.fma(y0, s01);
      s02 = x2.fma(y0, s02);
      s03 = x3.fma(y0, s03);
      s04 = x4.fma(y0, s04);
      FloatVector y1 = FloatVector.fromArray(SPECIES, target, y + plane1);
      s10 = x0.fma(y1, s10);
      s11 = x1.fma(y1, s11);
      s12 = x2.fma(y1, s12);
      s13 = x3.fma(y1, s13);
      s14 = x4.fma(y1, s14);
      FloatVector y2 = FloatVector.fromArray(SPECIES, target, y + plane2);
      s20 = x0.fma(y2, s20);
      s21 = x1.fma(y2, s21);
      s22 = x2.fma(y2, s22);
      s23 = x3.fma(y2, s23);
      s24 = x4.fma(y2, s24);
      FloatVector y3 = FloatVector.fromArray(SPECIES, target, y + plane3);
      s30 = x0.fma(y3, s30);
      s31 = x1.fma(y3, s31);
      s32 = x2.fma(y3, s32);
      s33 = x3.fma(y3, s33);
      s34 = x4.fma(y3, s34);
      x0 = x1;
      x1 = x2;
      x2 = x3;
      x3 = x4;
      x += step;
      y += targetStep;
      if (--column == 0 && p < positions) {
        column = columns;
        x += sourceJump;
        y += targetJump;
        x0 = FloatVector.fromArray(SPECIES, source, x);
        x1 = FloatVector.fromArray(SPECIES, source, x + step);
        x2 = FloatVector.fromArray(SPECIES, source, x + 2 * step);
        x3 = FloatVector.fromArray(SPECIES, source, x + 3 * step);
      }
    }
    s00.intoArray(sums, at + 0 * Lanes.WIDTH);
    s01.intoArray(sums, at + 1 * Lanes.WIDTH);
    s02.intoArray(sums, at + 2 * Lanes.WIDTH);
    s03.intoArray(sums, at + 3 * Lanes.WIDTH);
    s04.intoArray(sums, at + 4 * Lanes.WIDTH);
    s10.intoArray(sums, at + 5 * Lanes.WIDTH);
    s11.intoArray(sums, at + 6 * Lanes.WIDTH);
    s12.intoArray(sums, at + 7 * Lanes.WIDTH);
    s13.intoArray(sums, at + 8 * Lanes.WIDTH);
    s14.intoArray(sums, at + 9 * Lanes.WIDTH);
    s20.intoArray(sums, at + 10 * Lanes.WIDTH);
    s21.intoArray(sums, at + 11 * Lanes.WIDTH);
    s22.intoArray(sums, at + 12 * Lanes.WIDTH);
    s23.intoArray(sums, at + 13 * Lanes.WIDTH);
    s24.intoArray(sums, at + 14 * Lanes.WIDTH);
    s30.intoArray(sums, at + 15 * Lanes.WIDTH);
    s31.intoArray(sums, at + 16 * Lanes.WIDTH);
    s32.intoArray(sums, at + 17 * Lanes.WIDTH);
    s33.intoArray(sums, at + 18 * Lanes.WIDTH);
    s34.intoArray(sums, at + 19 * Lanes.WIDTH);
  }

  private void gradient4x4(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      float[] source,
      int from,
      int t,
      float[] target,
      int to,
      int filters,
      float[] gradient,
      int gradientTo) {
    int last = geometry.taps() - 1;
    Arrays.fill(scratch, 0, 16 * Lanes.WIDTH, 0);
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      for (int block = 0; block < blocks; block++) {
        block4x4(
            geometry,
            source,
            from + part + block * sourceBlock,
            t,
            target,
            to + part + block * targetBlock,
            filters,
            scratch,
            part);
      }
    }
    for (int f = 0; f < Math.min(4, filters); f++) {
      for (int k = 0; k < Math.min(4, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 4 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
  }

  private static void block4x4(
      TapGeometry geometry,
      float[] source,
      int x,
      int t,
      float[] target,
      int y,
      int filters,
      float[] sums,
      int at) {
    int last = geometry.taps() - 1;
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int offset2 = geometry.offsets()[Math.min(t + 2, last)];
    int offset3 = geometry.offsets()[Math.min(t + 3, last)];
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int plane2 = Math.min(2, filters - 1) * geometry.targetPlane();
    int plane3 = Math.min(3, filters - 1) * geometry.targetPlane();
    int columns = geometry.columns();
    int sourceStep = geometry.sourceColumn();
    int targetStep = geometry.targetColumn();
    // From the end of a row to the start of the next.
    int sourceJump = geometry.sourceRow() - columns * sourceStep;
    int targetJump = geometry.targetRow() - columns * targetStep;
    FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at + 0 * Lanes.WIDTH);
    FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + 1 * Lanes.WIDTH);
    FloatVector s02 = FloatVector.fromArray(SPECIES, sums, at + 2 * Lanes.WIDTH);
    FloatVector s03 = FloatVector.fromArray(SPECIES, sums, at + 3 * Lanes.WIDTH);
    FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 4 * Lanes.WIDTH);
    FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 5 * Lanes.WIDTH);
    FloatVector s12 = FloatVector.fromArray(SPECIES, sums, at + 6 * Lanes.WIDTH);
    FloatVector s13 = FloatVector.fromArray(SPECIES, sums, at + 7 * Lanes.WIDTH);
    FloatVector s20 = FloatVector.fromArray(SPECIES, sums, at + 8 * Lanes.WIDTH);
    FloatVector s21 = FloatVector.fromArray(SPECIES, sums, at + 9 * Lanes.WIDTH);
    FloatVector s22 = FloatVector.fromArray(SPECIES, sums, at + 10 * Lanes.WIDTH);
    FloatVector s23 = FloatVector.fromArray(SPECIES, sums, at + 11 * Lanes.WIDTH);
    FloatVector s30 = FloatVector.fromArray(SPECIES, sums, at + 12 * Lanes.WIDTH);
    FloatVector s31 = FloatVector.fromArray(SPECIES, sums, at + 13 * Lanes.WIDTH);
    FloatVector s32 = FloatVector.fromArray(SPECIES, sums, at + 14 * Lanes.WIDTH);
    FloatVector s33 = FloatVector.fromArray(SPECIES, sums, at + 15 * Lanes.WIDTH);
    int positions = geometry.rows() * columns;
    int column = columns;
    // One loop over all positions: accumulators that cross nested loops would be boxed.
    for (int p = 0; p < positions; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + offset2);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, x + offset3);
      FloatVector y0 = FloatVector.fromArray(SPECIES, target, y);
      s00 = x0.fma(y0, s00);
      s01 = x1.fma(y0, s01);
      s02 = x2.fma(y0, s02);
      s03 = x3.fma(y0, s03);
      FloatVector y1 = FloatVector.fromArray(SPECIES, target, y + plane1);
      s10 = x0.fma(y1, s10);
      s11 = x1.fma(y1, s11);
      s12 = x2.fma(y1, s12);
      s13 = x3.fma(y1, s13);
      FloatVector y2 = FloatVector.fromArray(SPECIES, target, y + plane2);
      s20 = x0.fma(y2, s20);
      s21 = x1.fma(y2, s21);
      s22 = x2.fma(y2, s22);
      s23 = x3.fma(y2, s23);
      FloatVector y3 = FloatVector.fromArray(SPECIES, target, y + plane3);
      s30 = x0.fma(y3, s30);
      s31 = x1.fma(y3, s31);
      s32 = x2.fma(y3, s32);
      s33 = x3.fma(y3, s33);
      x += sourceStep;
      y += targetStep;
      if (--column == 0) {
        column = columns;
        x += sourceJump;
        y += targetJump;
      }
    }
    s00.intoArray(sums, at + 0 * Lanes.WIDTH);
    s01.intoArray(sums, at + 1 * Lanes.WIDTH);
    s02.intoArray(sums, at + 2 * Lanes.WIDTH);
    s03.intoArray(sums, at + 3 * Lanes.WIDTH);
    s10.intoArray(sums, at + 4 * Lanes.WIDTH);
    s11.intoArray(sums, at + 5 * Lanes.WIDTH);
    s12.intoArray(sums, at + 6 * Lanes.WIDTH);
    s13.intoArray(sums, at + 7 * Lanes.WIDTH);
    s20.intoArray(sums, at + 8 * Lanes.WIDTH);
    s21.intoArray(sums, at + 9 * Lanes.WIDTH);
    s22.intoArray(sums, at + 10 * Lanes.WIDTH);
    s23.intoArray(sums, at + 11 * Lanes.WIDTH);
    s30.intoArray(sums, at + 12 * Lanes.WIDTH);
    s31.intoArray(sums, at + 13 * Lanes.WIDTH);
    s32.intoArray(sums, at + 14 * Lanes.WIDTH);
    s33.intoArray(sums, at + 15 * Lanes.WIDTH);
  }

  private void gradient2x4(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      float[] source,
      int from,
      int t,
      float[] target,
      int to,
      int filters,
      float[] gradient,
      int gradientTo) {
    int last = geometry.taps() - 1;
    Arrays.fill(scratch, 0, 8 * Lanes.WIDTH, 0);
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      for (int block = 0; block < blocks; block++) {
        block2x4(
            geometry,
            source,
            from + part + block * sourceBlock,
            t,
            target,
            to + part + block * targetBlock,
            filters,
            scratch,
            part);
      }
    }
    for (int f = 0; f < Math.min(2, filters); f++) {
      for (int k = 0; k < Math.min(4, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 4 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
  }

  private static void block2x4(
      TapGeometry geometry,
      float[] source,
      int x,
      int t,
      float[] target,
      int y,
      int filters,
      float[] sums,
      int at) {
    int last = geometry.taps() - 1;
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int offset2 = geometry.offsets()[Math.min(t + 2, last)];
    int offset3 = geometry.offsets()[Math.min(t + 3, last)];
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int columns = geometry.columns();
    int sourceStep = geometry.sourceColumn();
    int targetStep = geometry.targetColumn();
    // From the end of a row to the start of the next.
    int sourceJump = geometry.sourceRow() - columns * sourceStep;
    int targetJump = geometry.targetRow() - columns * targetStep;
    FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at + 0 * Lanes.WIDTH);
    FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + 1 * Lanes.WIDTH);
    FloatVector s02 = FloatVector.fromArray(SPECIES, sums, at + 2 * Lanes.WIDTH);
    FloatVector s03 = FloatVector.fromArray(SPECIES, sums, at + 3 * Lanes.WIDTH);
    FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 4 * Lanes.WIDTH);
    FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 5 * Lanes.WIDTH);
    FloatVector s12 = FloatVector.fromArray(SPECIES, sums, at + 6 * Lanes.WIDTH);
    FloatVector s13 = FloatVector.fromArray(SPECIES, sums, at + 7 * Lanes.WIDTH);
    int positions = geometry.rows() * columns;
    int column = columns;
    // One loop over all positions: accumulators that cross nested loops would be boxed.
    for (int p = 0; p < positions; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + offset2);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, x + offset3);
      FloatVector y0 = FloatVector.fromArray(SPECIES, target, y);
      s00 = x0.fma(y0, s00);
      s01 = x1.fma(y0, s01);
      s02 = x2.fma(y0, s02);
      s03 = x3.fma(y0, s03);
      FloatVector y1 = FloatVector.fromArray(SPECIES, target, y + plane1);
      s10 = x0.fma(y1, s10);
      s11 = x1.fma(y1, s11);
      s12 = x2.fma(y1, s12);
      s13 = x3.fma(y1, s13);
      x += sourceStep;
      y += targetStep;
      if (--column == 0) {
        column = columns;
        x += sourceJump;
        y += targetJump;
      }
    }
    s00.intoArray(sums, at + 0 * Lanes.WIDTH);
    s01.intoArray(sums, at + 1 * Lanes.WIDTH);
    s02.intoArray(sums, at + 2 * Lanes.WIDTH);
    s03.intoArray(sums, at + 3 * Lanes.WIDTH);
    s10.intoArray(sums, at + 4 * Lanes.WIDTH);
    s11.intoArray(sums, at + 5 * Lanes.WIDTH);
    s12.intoArray(sums, at + 6 * Lanes.WIDTH);
    s13.intoArray(sums, at + 7 * Lanes.WIDTH);
  }

  private void gradient4x2(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      float[] source,
      int from,
      int t,
      float[] target,
      int to,
      int filters,
      float[] gradient,
      int gradientTo) {
    int last = geometry.taps() - 1;
    Arrays.fill(scratch, 0, 8 * Lanes.WIDTH, 0);
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      for (int block = 0; block < blocks; block++) {
        block4x2(
            geometry,
            source,
            from + part + block * sourceBlock,
            t,
            target,
            to + part + block * targetBlock,
            filters,
            scratch,
            part);
      }
    }
    for (int f = 0; f < Math.min(4, filters); f++) {
      for (int k = 0; k < Math.min(2, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 2 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
  }

  private static void block4x2(
      TapGeometry geometry,
      float[] source,
      int x,
      int t,
      float[] target,
      int y,
      int filters,
      float[] sums,
      int at) {
    int last = geometry.taps() - 1;
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int plane2 = Math.min(2, filters - 1) * geometry.targetPlane();
    int plane3 = Math.min(3, filters - 1) * geometry.targetPlane();
    int columns = geometry.columns();
    int sourceStep = geometry.sourceColumn();
    int targetStep = geometry.targetColumn();
    // From the end of a row to the start of the next.
    int sourceJump = geometry.sourceRow() - columns * sourceStep;
    int targetJump = geometry.targetRow() - columns * targetStep;
    FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at + 0 * Lanes.WIDTH);
    FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + 1 * Lanes.WIDTH);
    FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 2 * Lanes.WIDTH);
    FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 3 * Lanes.WIDTH);
    FloatVector s20 = FloatVector.fromArray(SPECIES, sums, at + 4 * Lanes.WIDTH);
    FloatVector s21 = FloatVector.fromArray(SPECIES, sums, at + 5 * Lanes.WIDTH);
    FloatVector s30 = FloatVector.fromArray(SPECIES, sums, at + 6 * Lanes.WIDTH);
    FloatVector s31 = FloatVector.fromArray(SPECIES, sums, at + 7 * Lanes.WIDTH);
    int positions = geometry.rows() * columns;
    int column = columns;
    // One loop over all positions: accumulators that cross nested loops would be boxed.
    for (int p = 0; p < positions; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
      FloatVector y0 = FloatVector.fromArray(SPECIES, target, y);
      s00 = x0.fma(y0, s00);
      s01 = x1.fma(y0, s01);
      FloatVector y1 = FloatVector.fromArray(SPECIES, target, y + plane1);
      s10 = x0.fma(y1, s10);
      s11 = x1.fma(y1, s11);
      FloatVector y2 = FloatVector.fromArray(SPECIES, target, y + plane2);
      s20 = x0.fma(y2, s20);
      s21 = x1.fma(y2, s21);
      FloatVector y3 = FloatVector.fromArray(SPECIES, target, y + plane3);
      s30 = x0.fma(y3, s30);
      s31 = x1.fma(y3, s31);
      x += sourceStep;
      y += targetStep;
      if (--column == 0) {
        column = columns;
        x += sourceJump;
        y += targetJump;
      }
    }
    s00.intoArray(sums, at + 0 * Lanes.WIDTH);
    s01.intoArray(sums, at + 1 * Lanes.WIDTH);
    s10.intoArray(sums, at + 2 * Lanes.WIDTH);
    s11.intoArray(sums, at + 3 * Lanes.WIDTH);
    s20.intoArray(sums, at + 4 * Lanes.WIDTH);
    s21.intoArray(sums, at + 5 * Lanes.WIDTH);
    s30.intoArray(sums, at + 6 * Lanes.WIDTH);
    s31.intoArray(sums, at + 7 * Lanes.WIDTH);
  }
}
