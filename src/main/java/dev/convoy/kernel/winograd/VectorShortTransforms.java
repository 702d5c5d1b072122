package dev.convoy.kernel.winograd;

import static dev.convoy.kernel.winograd.Winograd.NEAR;
import static dev.convoy.kernel.winograd.Winograd.PATCH;
import static dev.convoy.kernel.winograd.Winograd.SHORT_SCALE;
import static dev.convoy.kernel.winograd.Winograd.TILE;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One side of Winograd's transforms for tiles that are two outputs long there. The other side is
 * transformed whole, far points and all, whatever its length: loops of lengths that the compiler
 * knows are worth more than what that saves.
 */
final class VectorShortTransforms {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorShortTransforms() {}

  /** Transforms columns by {@code Bᵀ d}: four rows of a plane into rows 0, 1, 2 and 5 of a band. */
  static void inputColumns(
      float[] p0,
      int r0,
      float[] p1,
      int r1,
      float[] p2,
      int r2,
      float[] p3,
      int r3,
      int count,
      float[] band,
      int to,
      int row) {
    FloatVector minusTwo = broadcast(-2);
    FloatVector minusHalf = broadcast(-0.5f);
    FloatVector scale = broadcast(SHORT_SCALE);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector near = broadcast(NEAR * SHORT_SCALE);
    FloatVector minusNear = broadcast(-NEAR * SHORT_SCALE);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, p0, r0 + i);
      FloatVector d1 = FloatVector.fromArray(SPECIES, p1, r1 + i);
      FloatVector d2 = FloatVector.fromArray(SPECIES, p2, r2 + i);
      FloatVector d3 = FloatVector.fromArray(SPECIES, p3, r3 + i);
      FloatVector even = d2.fma(scale, zero);
      int at = to + i;
      d2.fma(minusTwo, d0).intoArray(band, at);
      d1.fma(near, even).intoArray(band, at + row);
      d1.fma(minusNear, even).intoArray(band, at + 2 * row);
      d1.fma(minusHalf, d3).intoArray(band, at + 5 * row);
    }
  }

  /** Transforms a band's rows by {@code d B}: 4 columns into 0, 1, 2 and 5. */
  static void inputRows(float[] band, int from, int row, float[] target, int to, int stride) {
    FloatVector minusTwo = broadcast(-2);
    FloatVector minusHalf = broadcast(-0.5f);
    FloatVector scale = broadcast(SHORT_SCALE);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector near = broadcast(NEAR * SHORT_SCALE);
    FloatVector minusNear = broadcast(-NEAR * SHORT_SCALE);
    for (int i = 0; i < PATCH; i++) {
      int x = from + i * row;
      int at = to + i * PATCH * stride;
      FloatVector d0 = FloatVector.fromArray(SPECIES, band, x);
      FloatVector d1 = FloatVector.fromArray(SPECIES, band, x + Lanes.WIDTH);
      FloatVector d2 = FloatVector.fromArray(SPECIES, band, x + 2 * Lanes.WIDTH);
      FloatVector d3 = FloatVector.fromArray(SPECIES, band, x + 3 * Lanes.WIDTH);
      FloatVector even = d2.fma(scale, zero);
      d2.fma(minusTwo, d0).intoArray(target, at);
      d1.fma(near, even).intoArray(target, at + stride);
      d1.fma(minusNear, even).intoArray(target, at + 2 * stride);
      d1.fma(minusHalf, d3).intoArray(target, at + 5 * stride);
    }
  }

  /** Transforms columns by {@code Aᵀ m}: rows 0, 1, 2 and 5 into two. */
  static void outputColumns(
      float[] source, int from, int stride, float[] columns, int to, int row) {
    FloatVector near = broadcast(NEAR);
    int step = PATCH * stride;
    for (int j = 0; j < PATCH; j++) {
      int at = from + j * stride;
      int column = to + j * Lanes.WIDTH;
      FloatVector m0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, at + step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, at + 2 * step);
      FloatVector m5 = FloatVector.fromArray(SPECIES, source, at + 5 * step);
      m0.add(m1.add(m2)).intoArray(columns, column);
      m1.sub(m2).fma(near, m5).intoArray(columns, column + row);
    }
  }

  /** Transforms rows by {@code start + m A}: columns 0, 1, 2 and 5 into two. */
  static void outputRows(
      float[] columns, int from, int step, float start, float[] band, int to, int row) {
    FloatVector near = broadcast(NEAR);
    FloatVector added = broadcast(start);
    for (int i = 0; i < TILE; i++) {
      int at = from + i * step;
      FloatVector m0 = FloatVector.fromArray(SPECIES, columns, at);
      FloatVector m1 = FloatVector.fromArray(SPECIES, columns, at + Lanes.WIDTH);
      FloatVector m2 = FloatVector.fromArray(SPECIES, columns, at + 2 * Lanes.WIDTH);
      FloatVector m5 = FloatVector.fromArray(SPECIES, columns, at + 5 * Lanes.WIDTH);
      m0.add(m1.add(m2)).add(added).intoArray(band, to + i * row);
      m1.sub(m2).fma(near, m5).add(added).intoArray(band, to + i * row + Lanes.WIDTH);
    }
  }

  /** Transforms columns by {@code A dy}: two rows of a plane into rows 0, 1, 2 and 5 of a band. */
  static void gradientColumns(
      float[] p0, int r0, float[] p1, int r1, int count, float[] band, int to, int row) {
    FloatVector near = broadcast(NEAR);
    FloatVector minusNear = broadcast(-NEAR);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, p0, r0 + i);
      FloatVector y1 = FloatVector.fromArray(SPECIES, p1, r1 + i);
      int at = to + i;
      y0.intoArray(band, at);
      y1.fma(near, y0).intoArray(band, at + row);
      y1.fma(minusNear, y0).intoArray(band, at + 2 * row);
      y1.intoArray(band, at + 5 * row);
    }
  }

  /** Transforms a band's rows by {@code dy Aᵀ}: 2 columns into 0, 1, 2 and 5. */
  static void gradientRows(float[] band, int from, int row, float[] target, int to, int stride) {
    FloatVector near = broadcast(NEAR);
    FloatVector minusNear = broadcast(-NEAR);
    for (int i = 0; i < PATCH; i++) {
      int y = from + i * row;
      int at = to + i * PATCH * stride;
      FloatVector y0 = FloatVector.fromArray(SPECIES, band, y);
      FloatVector y1 = FloatVector.fromArray(SPECIES, band, y + Lanes.WIDTH);
      y0.intoArray(target, at);
      y1.fma(near, y0).intoArray(target, at + stride);
      y1.fma(minusNear, y0).intoArray(target, at + 2 * stride);
      y1.intoArray(target, at + 5 * stride);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
