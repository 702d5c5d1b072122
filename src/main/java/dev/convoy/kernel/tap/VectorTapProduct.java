package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
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

  /**
   * Returns the columns that all filters take before the next: whole tiles, be they 3 or 4 columns
   * wide.
   */
  private static int strip(int filters) {
    return takesSix(filters % Pack.SIZE + Pack.SIZE) ? 12 : 4;
  }

  /** Computes a few columns of a row: all filters, one pack after the other. */
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

  /** Returns the filters that a row of tiles takes, of so many that are left. */
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
          VectorTapTiles.tile6x3(
              offsets, weights, weight, start, first, source, x, step, target, y, plane, advance,
              filters);
        } else if (filters > 2) {
          VectorTapTiles.tile4x4(
              offsets, weights, weight, start, first, source, x, step, target, y, plane, advance,
              filters);
        } else {
          VectorTapTiles.tile2x4(
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
        VectorTapTiles.tile4x2(
            offsets, weights, weight, start, first, source, x, length, target, y, plane, length,
            filters);
      } else {
        VectorTapTiles.tile4x4(
            offsets, weights, weight, start, first, source, x, length, target, y, plane, length,
            filters);
      }
    }
  }

  /** Computes the last columns of a row, fewer than four. */
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
      VectorTapTiles.tile4x2(
          offsets, weights, weight, start, startFrom, source, x, step, target, y, plane, advance,
          filters);
      x += 2 * step;
      y += 2 * advance;
    }
    if (left % 2 == 1) {
      VectorTapTiles.tile4x1(
          offsets, weights, weight, start, startFrom, source, x, target, y, plane, filters);
    }
  }
}
