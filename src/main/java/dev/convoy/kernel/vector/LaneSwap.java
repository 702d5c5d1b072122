package dev.convoy.kernel.vector;

import dev.convoy.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns squares of sixteen by sixteen values: in four rounds, of which each swaps one bit of a
 * value's row with the same bit of its lane; two rounds at a time, on four vectors.
 */
final class LaneSwap {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;
  private static final boolean WHOLE = SPECIES.length() == Lanes.WIDTH;
  private static final VectorShuffle<Float> BY_8 = exchange(8);
  private static final VectorShuffle<Float> BY_4 = exchange(4);
  private static final VectorShuffle<Float> BY_2 = exchange(2);
  private static final VectorShuffle<Float> BY_1 = exchange(1);
  private static final VectorMask<Float> HIGH_8 = high(8);
  private static final VectorMask<Float> HIGH_4 = high(4);
  private static final VectorMask<Float> HIGH_2 = high(2);
  private static final VectorMask<Float> HIGH_1 = high(1);

  private static final int SQUARE = Lanes.WIDTH * Lanes.WIDTH;

  /** Squares that are read and written together, so that each row is gone along for a while. */
  private static final int RUN = 8;

  private final float[] squares = new float[RUN * SQUARE];

  /** The lane whose number differs in one bit. */
  private static VectorShuffle<Float> exchange(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % SPECIES.length());
  }

  /** Lanes whose number has a bit. */
  private static VectorMask<Float> high(int bit) {
    boolean[] lanes = new boolean[SPECIES.length()];
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  void swap(
      float[] source,
      int from,
      int sourceStride,
      int count,
      float[] target,
      int to,
      int targetStride) {
    if (!WHOLE) {
      for (int i = 0; i < count * Lanes.WIDTH; i += Lanes.WIDTH) {
        valueByValue(source, from + i, sourceStride, target, to + i, targetStride);
      }
      return;
    }
    for (int first = 0; first < count; first += RUN) {
      int run = Math.min(RUN, count - first);
      int x = from + first * Lanes.WIDTH;
      int y = to + first * Lanes.WIDTH;
      for (int row = 0; row < 4; row++) {
        for (int i = 0; i < run; i++) {
          int at = x + row * sourceStride + i * Lanes.WIDTH;
          farBits(source, at, 4 * sourceStride, squares, i * SQUARE + row * Lanes.WIDTH);
        }
      }
      for (int row = 0; row < Lanes.WIDTH; row += 4) {
        for (int i = 0; i < run; i++) {
          int at = y + row * targetStride + i * Lanes.WIDTH;
          nearBits(squares, i * SQUARE + row * Lanes.WIDTH, target, at, targetStride);
        }
      }
    }
  }

  private static void valueByValue(
      float[] source, int from, int sourceStride, float[] target, int to, int targetStride) {
    for (int row = 0; row < Lanes.WIDTH; row++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        target[to + lane * targetStride + row] = source[from + row * sourceStride + lane];
      }
    }
  }

  /** Rows r, r + 4, r + 8 and r + 12: bits 8 and 4. */
  private static void farBits(float[] source, int from, int stride, float[] square, int to) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, source, from);
    FloatVector r1 = FloatVector.fromArray(SPECIES, source, from + stride);
    FloatVector r2 = FloatVector.fromArray(SPECIES, source, from + 2 * stride);
    FloatVector r3 = FloatVector.fromArray(SPECIES, source, from + 3 * stride);
    FloatVector s0 = r0.blend(r2.rearrange(BY_8), HIGH_8);
    FloatVector s2 = r0.rearrange(BY_8).blend(r2, HIGH_8);
    FloatVector s1 = r1.blend(r3.rearrange(BY_8), HIGH_8);
    FloatVector s3 = r1.rearrange(BY_8).blend(r3, HIGH_8);
    int step = 4 * Lanes.WIDTH;
    s0.blend(s1.rearrange(BY_4), HIGH_4).intoArray(square, to);
    s0.rearrange(BY_4).blend(s1, HIGH_4).intoArray(square, to + step);
    s2.blend(s3.rearrange(BY_4), HIGH_4).intoArray(square, to + 2 * step);
    s2.rearrange(BY_4).blend(s3, HIGH_4).intoArray(square, to + 3 * step);
  }

  /** Rows r to r + 3: bits 2 and 1. */
  private static void nearBits(float[] square, int from, float[] target, int to, int stride) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, square, from);
    FloatVector r1 = FloatVector.fromArray(SPECIES, square, from + Lanes.WIDTH);
    FloatVector r2 = FloatVector.fromArray(SPECIES, square, from + 2 * Lanes.WIDTH);
    FloatVector r3 = FloatVector.fromArray(SPECIES, square, from + 3 * Lanes.WIDTH);
    FloatVector s0 = r0.blend(r2.rearrange(BY_2), HIGH_2);
    FloatVector s2 = r0.rearrange(BY_2).blend(r2, HIGH_2);
    FloatVector s1 = r1.blend(r3.rearrange(BY_2), HIGH_2);
    FloatVector s3 = r1.rearrange(BY_2).blend(r3, HIGH_2);
    s0.blend(s1.rearrange(BY_1), HIGH_1).intoArray(target, to);
    s0.rearrange(BY_1).blend(s1, HIGH_1).intoArray(target, to + stride);
    s2.blend(s3.rearrange(BY_1), HIGH_1).intoArray(target, to + 2 * stride);
    s2.rearrange(BY_1).blend(s3, HIGH_1).intoArray(target, to + 3 * stride);
  }
}
