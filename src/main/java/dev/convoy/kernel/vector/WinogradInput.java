package dev.convoy.kernel.vector;

import static dev.convoy.kernel.Winograd.FAR;
import static dev.convoy.kernel.Winograd.NEAR;
import static dev.convoy.kernel.Winograd.PATCH;

import dev.convoy.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code Bᵀ d B} of one patch, a row of the result at a time: the columns that go into it stay in
 * registers, which costs loading the patch several times, but no stores in between.
 */
final class WinogradInput {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;
  private static final int W = Lanes.WIDTH;

  private WinogradInput() {}

  /**
   * Transforms a patch.
   *
   * @param at where its first value lies
   * @param row from one of its rows to the next
   * @param to where its first position goes
   * @param stride from one position to the next
   */
  static void transform(float[] plane, int at, int row, float[] target, int to, int stride) {
    int next = PATCH * stride;
    end(plane, at, 2 * row, target, to, stride);
    middle(plane, at + row, row, -2, NEAR, target, to + next, stride);
    middle(plane, at + row, row, -2, -NEAR, target, to + 2 * next, stride);
    middle(plane, at + row, row, -0.5f, FAR, target, to + 3 * next, stride);
    middle(plane, at + row, row, -0.5f, -FAR, target, to + 4 * next, stride);
    end(plane, at + row, 2 * row, target, to + 5 * next, stride);
  }

  /** A row from rows r0, r2 and r4: {@code r0 - 5/2·r2 + r4}. */
  private static void end(float[] plane, int r0, int twoRows, float[] target, int to, int stride) {
    int r2 = r0 + twoRows;
    int r4 = r2 + twoRows;
    FloatVector factor = FloatVector.broadcast(SPECIES, -2.5f);
    FloatVector d0 = load(plane, r2).fma(factor, load(plane, r0).add(load(plane, r4)));
    FloatVector d1 = load(plane, r2 + W).fma(factor, load(plane, r0 + W).add(load(plane, r4 + W)));
    FloatVector d2 =
        load(plane, r2 + 2 * W).fma(factor, load(plane, r0 + 2 * W).add(load(plane, r4 + 2 * W)));
    FloatVector d3 =
        load(plane, r2 + 3 * W).fma(factor, load(plane, r0 + 3 * W).add(load(plane, r4 + 3 * W)));
    FloatVector d4 =
        load(plane, r2 + 4 * W).fma(factor, load(plane, r0 + 4 * W).add(load(plane, r4 + 4 * W)));
    FloatVector d5 =
        load(plane, r2 + 5 * W).fma(factor, load(plane, r0 + 5 * W).add(load(plane, r4 + 5 * W)));
    store(d0, d1, d2, d3, d4, d5, target, to, stride);
  }

  /** A row from rows r1 to r4: {@code (r4 + factor·r2) + point·(r3 + factor·r1)}. */
  private static void middle(
      float[] plane,
      int r1,
      int row,
      float factor,
      float point,
      float[] target,
      int to,
      int stride) {
    int r2 = r1 + row;
    int r3 = r2 + row;
    int r4 = r3 + row;
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector p = FloatVector.broadcast(SPECIES, point);
    FloatVector e0 = load(plane, r2).fma(f, load(plane, r4));
    FloatVector d0 = load(plane, r1).fma(f, load(plane, r3)).fma(p, e0);
    FloatVector e1 = load(plane, r2 + W).fma(f, load(plane, r4 + W));
    FloatVector d1 = load(plane, r1 + W).fma(f, load(plane, r3 + W)).fma(p, e1);
    FloatVector e2 = load(plane, r2 + 2 * W).fma(f, load(plane, r4 + 2 * W));
    FloatVector d2 = load(plane, r1 + 2 * W).fma(f, load(plane, r3 + 2 * W)).fma(p, e2);
    FloatVector e3 = load(plane, r2 + 3 * W).fma(f, load(plane, r4 + 3 * W));
    FloatVector d3 = load(plane, r1 + 3 * W).fma(f, load(plane, r3 + 3 * W)).fma(p, e3);
    FloatVector e4 = load(plane, r2 + 4 * W).fma(f, load(plane, r4 + 4 * W));
    FloatVector d4 = load(plane, r1 + 4 * W).fma(f, load(plane, r3 + 4 * W)).fma(p, e4);
    FloatVector e5 = load(plane, r2 + 5 * W).fma(f, load(plane, r4 + 5 * W));
    FloatVector d5 = load(plane, r1 + 5 * W).fma(f, load(plane, r3 + 5 * W)).fma(p, e5);
    store(d0, d1, d2, d3, d4, d5, target, to, stride);
  }

  private static FloatVector load(float[] plane, int at) {
    return FloatVector.fromArray(SPECIES, plane, at);
  }

  /** The transform along a row. */
  private static void store(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      FloatVector d4,
      FloatVector d5,
      float[] target,
      int to,
      int stride) {
    FloatVector evenNear = d2.fma(FloatVector.broadcast(SPECIES, -2), d4);
    FloatVector oddNear = d1.fma(FloatVector.broadcast(SPECIES, -2), d3);
    FloatVector evenFar = d2.fma(FloatVector.broadcast(SPECIES, -0.5f), d4);
    FloatVector oddFar = d1.fma(FloatVector.broadcast(SPECIES, -0.5f), d3);
    FloatVector ends = FloatVector.broadcast(SPECIES, -2.5f);
    d2.fma(ends, d0.add(d4)).intoArray(target, to);
    oddNear.fma(FloatVector.broadcast(SPECIES, NEAR), evenNear).intoArray(target, to + stride);
    oddNear.fma(FloatVector.broadcast(SPECIES, -NEAR), evenNear).intoArray(target, to + 2 * stride);
    oddFar.fma(FloatVector.broadcast(SPECIES, FAR), evenFar).intoArray(target, to + 3 * stride);
    oddFar.fma(FloatVector.broadcast(SPECIES, -FAR), evenFar).intoArray(target, to + 4 * stride);
    d3.fma(ends, d1.add(d5)).intoArray(target, to + 5 * stride);
  }
}
