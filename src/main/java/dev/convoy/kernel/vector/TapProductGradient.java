package dev.convoy.kernel.vector;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.TapGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of a tap product by its weights: a tile of filters by taps is kept in accumulators over all positions of all blocks, lane
 * by lane; the lanes are joined at the end, once a weight.
 *
 * <p>Tiles are 4 by 4 with 32 registers (AVX-512, NEON) and 4 by 2 with 16 (AVX2). At the edges a tile computes its last filter or tap
 * again rather than branch.
 */
final class TapProductGradient {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

  private final float[] scratch = new float[Kernels.PACK * 4 * Lanes.WIDTH];

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
    for (int f = 0; f < filters; f += Kernels.PACK) {
      int to = targetOffset + f * geometry.targetPlane();
      int gradientTo = gradientOffset + f * taps;
      if (Species.HAS_32_REGISTERS) {
        for (int t = 0; t < taps; t += 4) {
          if (filters - f > 2) {
            gradient4x4(
                geometry, blocks, sourceBlock, targetBlock, source, sourceOffset, t, target, to,
                filters - f, gradient, gradientTo);
          } else {
            gradient2x4(
                geometry, blocks, sourceBlock, targetBlock, source, sourceOffset, t, target, to,
                filters - f, gradient, gradientTo);
          }
        }
      } else {
        for (int t = 0; t < taps; t += 2) {
          gradient4x2(
              geometry, blocks, sourceBlock, targetBlock, source, sourceOffset, t, target, to,
              filters - f, gradient, gradientTo);
        }
      }
    }
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
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int offset2 = geometry.offsets()[Math.min(t + 2, last)];
    int offset3 = geometry.offsets()[Math.min(t + 3, last)];
    int plane0 = 0;
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int plane2 = Math.min(2, filters - 1) * geometry.targetPlane();
    int plane3 = Math.min(3, filters - 1) * geometry.targetPlane();
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
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
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < geometry.rows(); row++) {
          int x = from + part + block * sourceBlock + row * geometry.sourceRow();
          int y = to + part + block * targetBlock + row * geometry.targetRow();
          for (int column = 0; column < geometry.columns(); column++) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
            FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
            FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + offset2);
            FloatVector x3 = FloatVector.fromArray(SPECIES, source, x + offset3);
            FloatVector y0 = FloatVector.fromArray(SPECIES, target, y + plane0);
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
            x += geometry.sourceColumn();
            y += geometry.targetColumn();
          }
        }
      }
      s00.intoArray(scratch, 0 * Lanes.WIDTH + part);
      s01.intoArray(scratch, 1 * Lanes.WIDTH + part);
      s02.intoArray(scratch, 2 * Lanes.WIDTH + part);
      s03.intoArray(scratch, 3 * Lanes.WIDTH + part);
      s10.intoArray(scratch, 4 * Lanes.WIDTH + part);
      s11.intoArray(scratch, 5 * Lanes.WIDTH + part);
      s12.intoArray(scratch, 6 * Lanes.WIDTH + part);
      s13.intoArray(scratch, 7 * Lanes.WIDTH + part);
      s20.intoArray(scratch, 8 * Lanes.WIDTH + part);
      s21.intoArray(scratch, 9 * Lanes.WIDTH + part);
      s22.intoArray(scratch, 10 * Lanes.WIDTH + part);
      s23.intoArray(scratch, 11 * Lanes.WIDTH + part);
      s30.intoArray(scratch, 12 * Lanes.WIDTH + part);
      s31.intoArray(scratch, 13 * Lanes.WIDTH + part);
      s32.intoArray(scratch, 14 * Lanes.WIDTH + part);
      s33.intoArray(scratch, 15 * Lanes.WIDTH + part);
    }
    for (int f = 0; f < Math.min(4, filters); f++) {
      for (int k = 0; k < Math.min(4, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 4 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
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
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int offset2 = geometry.offsets()[Math.min(t + 2, last)];
    int offset3 = geometry.offsets()[Math.min(t + 3, last)];
    int plane0 = 0;
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      FloatVector s00 = FloatVector.zero(SPECIES);
      FloatVector s01 = FloatVector.zero(SPECIES);
      FloatVector s02 = FloatVector.zero(SPECIES);
      FloatVector s03 = FloatVector.zero(SPECIES);
      FloatVector s10 = FloatVector.zero(SPECIES);
      FloatVector s11 = FloatVector.zero(SPECIES);
      FloatVector s12 = FloatVector.zero(SPECIES);
      FloatVector s13 = FloatVector.zero(SPECIES);
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < geometry.rows(); row++) {
          int x = from + part + block * sourceBlock + row * geometry.sourceRow();
          int y = to + part + block * targetBlock + row * geometry.targetRow();
          for (int column = 0; column < geometry.columns(); column++) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
            FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
            FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + offset2);
            FloatVector x3 = FloatVector.fromArray(SPECIES, source, x + offset3);
            FloatVector y0 = FloatVector.fromArray(SPECIES, target, y + plane0);
            s00 = x0.fma(y0, s00);
            s01 = x1.fma(y0, s01);
            s02 = x2.fma(y0, s02);
            s03 = x3.fma(y0, s03);
            FloatVector y1 = FloatVector.fromArray(SPECIES, target, y + plane1);
            s10 = x0.fma(y1, s10);
            s11 = x1.fma(y1, s11);
            s12 = x2.fma(y1, s12);
            s13 = x3.fma(y1, s13);
            x += geometry.sourceColumn();
            y += geometry.targetColumn();
          }
        }
      }
      s00.intoArray(scratch, 0 * Lanes.WIDTH + part);
      s01.intoArray(scratch, 1 * Lanes.WIDTH + part);
      s02.intoArray(scratch, 2 * Lanes.WIDTH + part);
      s03.intoArray(scratch, 3 * Lanes.WIDTH + part);
      s10.intoArray(scratch, 4 * Lanes.WIDTH + part);
      s11.intoArray(scratch, 5 * Lanes.WIDTH + part);
      s12.intoArray(scratch, 6 * Lanes.WIDTH + part);
      s13.intoArray(scratch, 7 * Lanes.WIDTH + part);
    }
    for (int f = 0; f < Math.min(2, filters); f++) {
      for (int k = 0; k < Math.min(4, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 4 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
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
    int offset0 = geometry.offsets()[t];
    int offset1 = geometry.offsets()[Math.min(t + 1, last)];
    int plane0 = 0;
    int plane1 = Math.min(1, filters - 1) * geometry.targetPlane();
    int plane2 = Math.min(2, filters - 1) * geometry.targetPlane();
    int plane3 = Math.min(3, filters - 1) * geometry.targetPlane();
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      FloatVector s00 = FloatVector.zero(SPECIES);
      FloatVector s01 = FloatVector.zero(SPECIES);
      FloatVector s10 = FloatVector.zero(SPECIES);
      FloatVector s11 = FloatVector.zero(SPECIES);
      FloatVector s20 = FloatVector.zero(SPECIES);
      FloatVector s21 = FloatVector.zero(SPECIES);
      FloatVector s30 = FloatVector.zero(SPECIES);
      FloatVector s31 = FloatVector.zero(SPECIES);
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < geometry.rows(); row++) {
          int x = from + part + block * sourceBlock + row * geometry.sourceRow();
          int y = to + part + block * targetBlock + row * geometry.targetRow();
          for (int column = 0; column < geometry.columns(); column++) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, source, x + offset0);
            FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + offset1);
            FloatVector y0 = FloatVector.fromArray(SPECIES, target, y + plane0);
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
            x += geometry.sourceColumn();
            y += geometry.targetColumn();
          }
        }
      }
      s00.intoArray(scratch, 0 * Lanes.WIDTH + part);
      s01.intoArray(scratch, 1 * Lanes.WIDTH + part);
      s10.intoArray(scratch, 2 * Lanes.WIDTH + part);
      s11.intoArray(scratch, 3 * Lanes.WIDTH + part);
      s20.intoArray(scratch, 4 * Lanes.WIDTH + part);
      s21.intoArray(scratch, 5 * Lanes.WIDTH + part);
      s30.intoArray(scratch, 6 * Lanes.WIDTH + part);
      s31.intoArray(scratch, 7 * Lanes.WIDTH + part);
    }
    for (int f = 0; f < Math.min(4, filters); f++) {
      for (int k = 0; k < Math.min(2, last + 1 - t); k++) {
        float sum = Lanes.sum(scratch, (f * 2 + k) * Lanes.WIDTH);
        gradient[gradientTo + f * (last + 1) + t + k] = sum;
      }
    }
  }
}
