package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products in registers: a tile of filters by vectors of positions is kept in accumulators
 * over all taps, so that each loaded vector serves every filter and each broadcast weight every
 * vector.
 *
 * <p>Tiles are 4 filters high: with 32 registers (AVX-512, NEON) 4 vectors wide, 16 accumulators, 4
 * sources and a weight; with 16 (AVX2) 2 vectors wide, since 3 spill. All filters take a few
 * columns before the next are read: the weights stay in a near cache, and so do these sources.
 */
final class VectorTapProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  /** Vectors in one position: 1 for AVX-512, 2 for AVX2, 4 for NEON. */
  private static final int PARTS = Lanes.WIDTH / SPECIES.length();

  /** Taps from which on a whole row's sources would not stay in the nearest cache. */
  private static final int MANY_TAPS = 64;

  private VectorTapProduct() {}

  static void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int strip = geometry.taps() < MANY_TAPS ? geometry.columns() : strip(filters);
    for (int row = 0; row < geometry.rows(); row++) {
      int from = sourceOffset + row * geometry.sourceRow();
      int to = targetOffset + row * geometry.targetRow();
      for (int column = 0; column < geometry.columns(); column += strip) {
        strip(
            geometry,
            Math.min(strip, geometry.columns() - column),
            weights,
            weightsOffset,
            start,
            startOffset,
            filters,
            source,
            from + column * geometry.sourceColumn(),
            target,
            to + column * geometry.targetColumn());
      }
    }
  }

  /** Columns that all filters take before the next: whole tiles, be they 3 or 4 columns wide. */
  private static int strip(int filters) {
    return takesSix(filters % Pack.SIZE + Pack.SIZE) ? 12 : 4;
  }

  /** A few columns of a row: all filters, one pack after the other. */
  private static void strip(
      TapGeometry geometry,
      int columns,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int from,
      float[] target,
      int to) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f += height(filters - f)) {
      row(
          geometry,
          columns,
          weights,
          weightsOffset + f * taps,
          start,
          startOffset + f,
          filters - f,
          source,
          from,
          target,
          to + f * geometry.targetPlane());
    }
  }

  /** Filters that a row of tiles takes, of so many that are left. */
  private static int height(int left) {
    return takesSix(left) ? 6 : Pack.SIZE;
  }

  private static boolean takesSix(int left) {
    return PARTS == 1 && (left == 5 || left == 6);
  }

  private static void row(
      TapGeometry geometry,
      int columns,
      float[] weights,
      int weight,
      float[] start,
      int first,
      int filters,
      float[] source,
      int from,
      float[] target,
      int to) {
    int[] offsets = geometry.offsets();
    int plane = geometry.targetPlane();
    int length = SPECIES.length();
    if (PARTS == 1) {
      int step = geometry.sourceColumn();
      int advance = geometry.targetColumn();
      int column = 0;
      int width = takesSix(filters) ? 3 : 4;
      for (; column + width <= columns; column += width) {
        int x = from + column * step;
        int y = to + column * advance;
        if (width == 3) {
          tile6x3(
              offsets, weights, weight, start, first, source, x, step, target, y, plane, advance,
              filters);
        } else if (filters > 2) {
          tile4x4(
              offsets, weights, weight, start, first, source, x, step, target, y, plane, advance,
              filters);
        } else {
          tile2x4(
              offsets, weights, weight, start, first, source, x, step, target, y, plane, advance,
              filters);
        }
      }
      for (int done = 0; done < Math.min(filters, height(filters)); done += Pack.SIZE) {
        edge(
            geometry,
            column,
            columns - column,
            weights,
            weight + done * offsets.length,
            start,
            first + done,
            filters - done,
            source,
            from,
            target,
            to + done * plane);
      }
      return;
    }
    for (int column = 0; column < columns; column++) {
      int x = from + column * geometry.sourceColumn();
      int y = to + column * geometry.targetColumn();
      if (PARTS == 2) {
        tile4x2(
            offsets, weights, weight, start, first, source, x, length, target, y, plane, length,
            filters);
      } else {
        tile4x4(
            offsets, weights, weight, start, first, source, x, length, target, y, plane, length,
            filters);
      }
    }
  }

  /** The last columns of a row, fewer than four. */
  private static void edge(
      TapGeometry geometry,
      int first,
      int left,
      float[] weights,
      int weight,
      float[] start,
      int startFrom,
      int filters,
      float[] source,
      int from,
      float[] target,
      int to) {
    int step = geometry.sourceColumn();
    int advance = geometry.targetColumn();
    int plane = geometry.targetPlane();
    int[] offsets = geometry.offsets();
    int x = from + first * step;
    int y = to + first * advance;
    if (left >= 2) {
      tile4x2(
          offsets, weights, weight, start, startFrom, source, x, step, target, y, plane, advance,
          filters);
      x += 2 * step;
      y += 2 * advance;
    }
    if (left % 2 == 1) {
      tile4x1(offsets, weights, weight, start, startFrom, source, x, target, y, plane, filters);
    }
  }

  private static void tile4x4(
      int[] offsets,
      float[] weights,
      int weight,
      float[] start,
      int first,
      float[] source,
      int from,
      int step,
      float[] target,
      int to,
      int plane,
      int advance,
      int filters) {
    FloatVector s00 = FloatVector.broadcast(SPECIES, start[first]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, start[first + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, start[first + 2]);
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s23 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, start[first + 3]);
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    FloatVector s33 = s30;
    for (int t = 0; t < offsets.length; t++) {
      int at = from + offsets[t];
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + step);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * step);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * step);
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
    s01.intoArray(target, to + advance);
    s02.intoArray(target, to + 2 * advance);
    s03.intoArray(target, to + 3 * advance);
    if (filters < 2) {
      return;
    }
    s10.intoArray(target, to + plane);
    s11.intoArray(target, to + plane + advance);
    s12.intoArray(target, to + plane + 2 * advance);
    s13.intoArray(target, to + plane + 3 * advance);
    if (filters < 3) {
      return;
    }
    s20.intoArray(target, to + 2 * plane);
    s21.intoArray(target, to + 2 * plane + advance);
    s22.intoArray(target, to + 2 * plane + 2 * advance);
    s23.intoArray(target, to + 2 * plane + 3 * advance);
    if (filters < 4) {
      return;
    }
    s30.intoArray(target, to + 3 * plane);
    s31.intoArray(target, to + 3 * plane + advance);
    s32.intoArray(target, to + 3 * plane + 2 * advance);
    s33.intoArray(target, to + 3 * plane + 3 * advance);
  }

  /**
   * Filters of two packs at once: 18 accumulators, 3 sources and 6 weights fill 27 of 32 registers.
   */
  private static void tile6x3(
      int[] offsets,
      float[] weights,
      int weight,
      float[] start,
      int first,
      float[] source,
      int from,
      int step,
      float[] target,
      int to,
      int plane,
      int advance,
      int filters) {
    int second = offsets.length * Pack.SIZE;
    FloatVector s00 = FloatVector.broadcast(SPECIES, start[first]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, start[first + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, start[first + 2]);
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, start[first + 3]);
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    FloatVector s40 = FloatVector.broadcast(SPECIES, start[first + 4]);
    FloatVector s41 = s40;
    FloatVector s42 = s40;
    FloatVector s50 = FloatVector.broadcast(SPECIES, start[first + 5]);
    FloatVector s51 = s50;
    FloatVector s52 = s50;
    for (int t = 0; t < offsets.length; t++) {
      int at = from + offsets[t];
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + step);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * step);
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
      FloatVector w4 = FloatVector.broadcast(SPECIES, weights[w + second]);
      s40 = x0.fma(w4, s40);
      s41 = x1.fma(w4, s41);
      s42 = x2.fma(w4, s42);
      FloatVector w5 = FloatVector.broadcast(SPECIES, weights[w + second + 1]);
      s50 = x0.fma(w5, s50);
      s51 = x1.fma(w5, s51);
      s52 = x2.fma(w5, s52);
    }
    s00.intoArray(target, to);
    s01.intoArray(target, to + advance);
    s02.intoArray(target, to + 2 * advance);
    s10.intoArray(target, to + plane);
    s11.intoArray(target, to + plane + advance);
    s12.intoArray(target, to + plane + 2 * advance);
    s20.intoArray(target, to + 2 * plane);
    s21.intoArray(target, to + 2 * plane + advance);
    s22.intoArray(target, to + 2 * plane + 2 * advance);
    s30.intoArray(target, to + 3 * plane);
    s31.intoArray(target, to + 3 * plane + advance);
    s32.intoArray(target, to + 3 * plane + 2 * advance);
    s40.intoArray(target, to + 4 * plane);
    s41.intoArray(target, to + 4 * plane + advance);
    s42.intoArray(target, to + 4 * plane + 2 * advance);
    if (filters < 6) {
      return;
    }
    s50.intoArray(target, to + 5 * plane);
    s51.intoArray(target, to + 5 * plane + advance);
    s52.intoArray(target, to + 5 * plane + 2 * advance);
  }

  private static void tile2x4(
      int[] offsets,
      float[] weights,
      int weight,
      float[] start,
      int first,
      float[] source,
      int from,
      int step,
      float[] target,
      int to,
      int plane,
      int advance,
      int filters) {
    FloatVector s00 = FloatVector.broadcast(SPECIES, start[first]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, start[first + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    for (int t = 0; t < offsets.length; t++) {
      int at = from + offsets[t];
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + step);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * step);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * step);
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
    }
    s00.intoArray(target, to);
    s01.intoArray(target, to + advance);
    s02.intoArray(target, to + 2 * advance);
    s03.intoArray(target, to + 3 * advance);
    if (filters < 2) {
      return;
    }
    s10.intoArray(target, to + plane);
    s11.intoArray(target, to + plane + advance);
    s12.intoArray(target, to + plane + 2 * advance);
    s13.intoArray(target, to + plane + 3 * advance);
  }

  private static void tile4x2(
      int[] offsets,
      float[] weights,
      int weight,
      float[] start,
      int first,
      float[] source,
      int from,
      int step,
      float[] target,
      int to,
      int plane,
      int advance,
      int filters) {
    FloatVector s00 = FloatVector.broadcast(SPECIES, start[first]);
    FloatVector s01 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, start[first + 1]);
    FloatVector s11 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, start[first + 2]);
    FloatVector s21 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, start[first + 3]);
    FloatVector s31 = s30;
    for (int t = 0; t < offsets.length; t++) {
      int at = from + offsets[t];
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + step);
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
    s01.intoArray(target, to + advance);
    if (filters < 2) {
      return;
    }
    s10.intoArray(target, to + plane);
    s11.intoArray(target, to + plane + advance);
    if (filters < 3) {
      return;
    }
    s20.intoArray(target, to + 2 * plane);
    s21.intoArray(target, to + 2 * plane + advance);
    if (filters < 4) {
      return;
    }
    s30.intoArray(target, to + 3 * plane);
    s31.intoArray(target, to + 3 * plane + advance);
  }

  private static void tile4x1(
      int[] offsets,
      float[] weights,
      int weight,
      float[] start,
      int first,
      float[] source,
      int from,
      float[] target,
      int to,
      int plane,
      int filters) {
    FloatVector s00 = FloatVector.broadcast(SPECIES, start[first]);
    FloatVector s10 = FloatVector.broadcast(SPECIES, start[first + 1]);
    FloatVector s20 = FloatVector.broadcast(SPECIES, start[first + 2]);
    FloatVector s30 = FloatVector.broadcast(SPECIES, start[first + 3]);
    for (int t = 0; t < offsets.length; t++) {
      int at = from + offsets[t];
      int w = weight + t * Pack.SIZE;
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      s00 = x0.fma(w0, s00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      s10 = x0.fma(w1, s10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      s20 = x0.fma(w2, s20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      s30 = x0.fma(w3, s30);
    }
    s00.intoArray(target, to);
    if (filters < 2) {
      return;
    }
    s10.intoArray(target, to + plane);
    if (filters < 3) {
      return;
    }
    s20.intoArray(target, to + 2 * plane);
    if (filters < 4) {
      return;
    }
    s30.intoArray(target, to + 3 * plane);
  }
}
