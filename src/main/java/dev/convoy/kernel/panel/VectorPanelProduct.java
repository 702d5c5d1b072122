package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of panels in registers: tiles of 4 filters, 4 vectors wide with 32 registers (AVX-512,
 * NEON), 2 with 16 (AVX2). Unlike {@link dev.convoy.kernel.tap.VectorTapProduct}'s, the taps of a
 * panel lie at a distance that the compiler knows, so that it checks the bounds of a loop's reads
 * once; and in the order in which they are read, so that a panel stays in the nearest cache for all
 * filters.
 */
final class VectorPanelProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** From one tap, and from one filter's result, to the next. */
  private static final int ROW = Pack.SIZE * Lanes.WIDTH;

  /** Floats that a tile is wide: all of a row with AVX-512, one lane block with AVX2 and NEON. */
  private static final int TILE = LENGTH == Lanes.WIDTH ? ROW : Lanes.WIDTH;

  private static final boolean TWO_VECTORS = TILE == 2 * LENGTH;

  /** Floats of three lane blocks. */
  private static final int THREE = 3 * Lanes.WIDTH;

  private VectorPanelProduct() {}

  static void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    for (int panel = 0; panel < blocks / Pack.SIZE; panel++) {
      int from = sourceOffset + panel * taps * ROW;
      for (int f = 0; f < filters; f += Pack.SIZE) {
        int to = targetOffset + (panel * filters + f) * ROW;
        for (int part = 0; part < ROW; part += TILE) {
          if (TWO_VECTORS) {
            tile4x2(
                weights, weightsOffset + f * taps, taps, source, from + part, target, to + part);
          } else {
            tile4x4(
                weights, weightsOffset + f * taps, taps, source, from + part, target, to + part);
          }
        }
      }
    }
    if (blocks % Pack.SIZE != 0) {
      int panel = blocks / Pack.SIZE;
      int from = sourceOffset + panel * taps * ROW;
      int to = targetOffset + panel * filters * ROW;
      int used = blocks % Pack.SIZE * Lanes.WIDTH;
      part(weights, weightsOffset, filters, taps, source, from, used, target, to);
    }
  }

  /** The products of all filters with two or three blocks of a panel. */
  private static void part(
      float[] weights,
      int weight,
      int filters,
      int taps,
      float[] source,
      int from,
      int used,
      float[] target,
      int to) {
    for (int f = 0; f < filters; f += Pack.SIZE) {
      int w = weight + f * taps;
      int y = to + f * ROW;
      if (LENGTH == Lanes.WIDTH && used == THREE) {
        tile4x3(weights, w, taps, source, from, target, y);
      } else if (LENGTH == Lanes.WIDTH) {
        tile4x2(weights, w, taps, source, from, target, y);
      } else {
        for (int part = 0; part < used; part += TILE) {
          if (TWO_VECTORS) {
            tile4x2(weights, w, taps, source, from + part, target, y + part);
          } else {
            tile4x4(weights, w, taps, source, from + part, target, y + part);
          }
        }
      }
    }
  }

  /** 16 accumulators, 4 sources and a weight. */
  private static void tile4x4(
      float[] weights, int weight, int taps, float[] source, int from, float[] target, int to) {
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
    for (int t = 0; t < taps; t++) {
      int at = from + t * ROW;
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + LENGTH);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      s02 = x2.fma(w0, s02);
      s03 = x3.fma(w0, s03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      s12 = x2.fma(w1, s12);
      s13 = x3.fma(w1, s13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      s22 = x2.fma(w2, s22);
      s23 = x3.fma(w2, s23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      s32 = x2.fma(w3, s32);
      s33 = x3.fma(w3, s33);
    }
    s00.intoArray(target, to);
    s01.intoArray(target, to + LENGTH);
    s02.intoArray(target, to + 2 * LENGTH);
    s03.intoArray(target, to + 3 * LENGTH);
    s10.intoArray(target, to + ROW);
    s11.intoArray(target, to + ROW + LENGTH);
    s12.intoArray(target, to + ROW + 2 * LENGTH);
    s13.intoArray(target, to + ROW + 3 * LENGTH);
    s20.intoArray(target, to + 2 * ROW);
    s21.intoArray(target, to + 2 * ROW + LENGTH);
    s22.intoArray(target, to + 2 * ROW + 2 * LENGTH);
    s23.intoArray(target, to + 2 * ROW + 3 * LENGTH);
    s30.intoArray(target, to + 3 * ROW);
    s31.intoArray(target, to + 3 * ROW + LENGTH);
    s32.intoArray(target, to + 3 * ROW + 2 * LENGTH);
    s33.intoArray(target, to + 3 * ROW + 3 * LENGTH);
  }

  /** 12 accumulators, 3 sources and a weight. */
  private static void tile4x3(
      float[] weights, int weight, int taps, float[] source, int from, float[] target, int to) {
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
    for (int t = 0; t < taps; t++) {
      int at = from + t * ROW;
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + LENGTH);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      s02 = x2.fma(w0, s02);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      s12 = x2.fma(w1, s12);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      s22 = x2.fma(w2, s22);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
      s32 = x2.fma(w3, s32);
    }
    s00.intoArray(target, to);
    s01.intoArray(target, to + LENGTH);
    s02.intoArray(target, to + 2 * LENGTH);
    s10.intoArray(target, to + ROW);
    s11.intoArray(target, to + ROW + LENGTH);
    s12.intoArray(target, to + ROW + 2 * LENGTH);
    s20.intoArray(target, to + 2 * ROW);
    s21.intoArray(target, to + 2 * ROW + LENGTH);
    s22.intoArray(target, to + 2 * ROW + 2 * LENGTH);
    s30.intoArray(target, to + 3 * ROW);
    s31.intoArray(target, to + 3 * ROW + LENGTH);
    s32.intoArray(target, to + 3 * ROW + 2 * LENGTH);
  }

  /** 8 accumulators, 2 sources and a weight. */
  private static void tile4x2(
      float[] weights, int weight, int taps, float[] source, int from, float[] target, int to) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int t = 0; t < taps; t++) {
      int at = from + t * ROW;
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
    }
    s00.intoArray(target, to);
    s01.intoArray(target, to + LENGTH);
    s10.intoArray(target, to + ROW);
    s11.intoArray(target, to + ROW + LENGTH);
    s20.intoArray(target, to + 2 * ROW);
    s21.intoArray(target, to + 2 * ROW + LENGTH);
    s30.intoArray(target, to + 3 * ROW);
    s31.intoArray(target, to + 3 * ROW + LENGTH);
  }
}
