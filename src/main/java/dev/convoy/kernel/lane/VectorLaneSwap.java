package dev.convoy.kernel.lane;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns squares of sixteen by sixteen values: in four rounds, of which each swaps one bit of a
 * value's row with the same bit of its lane; two rounds at a time, on four vectors. What two rows
 * exchange is their difference in the lanes concerned: one shuffle takes it to the other row. A
 * choice by masks would make them anew each time on JDK 17.
 */
public final class VectorLaneSwap implements LaneBackend {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final boolean WHOLE = SPECIES.length() == Lanes.WIDTH;
  private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class).check(int.class);
  private static final VectorShuffle<Integer> BY_8 = exchange(8);
  private static final VectorShuffle<Integer> BY_4 = exchange(4);
  private static final VectorShuffle<Integer> BY_2 = exchange(2);
  private static final VectorShuffle<Integer> BY_1 = exchange(1);
  private static final int[] HIGH_8 = high(8);
  private static final int[] HIGH_4 = high(4);
  private static final int[] HIGH_2 = high(2);
  private static final int[] HIGH_1 = high(1);

  private static final int SQUARE = Lanes.WIDTH * Lanes.WIDTH;

  /** Squares that are read and written together, so that each row is gone along for a while. */
  private static final int RUN = 8;

  private final float[] squares = Scratch.of(RUN * SQUARE);

  /** Exchanges each lane with the one whose number differs in one bit. */
  private static VectorShuffle<Integer> exchange(int bit) {
    return VectorShuffle.fromOp(BITS, lane -> (lane ^ bit) % BITS.length());
  }

  /** Sets all bits in lanes whose number has a bit, none in the others. */
  private static int[] high(int bit) {
    int[] lanes = new int[Lanes.WIDTH];
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = (lane & bit) != 0 ? -1 : 0;
    }
    return lanes;
  }

  @Override
  public void swap(
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
        farBits(
            source,
            x + row * sourceStride,
            4 * sourceStride,
            run,
            squares,
            Scratch.START + row * Lanes.WIDTH);
      }
      for (int row = 0; row < Lanes.WIDTH; row += 4) {
        nearBits(
            squares,
            Scratch.START + row * Lanes.WIDTH,
            run,
            target,
            y + row * targetStride,
            targetStride);
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

  /** Rows r, r + 4, r + 8 and r + 12 of some squares: bits 8 and 4. */
  private static void farBits(
      float[] source, int from, int stride, int count, float[] square, int to) {
    IntVector high8 = IntVector.fromArray(BITS, HIGH_8, 0);
    IntVector high4 = IntVector.fromArray(BITS, HIGH_4, 0);
    for (int i = 0; i < count; i++) {
      IntVector r0 = load(source, from);
      IntVector r1 = load(source, from + stride);
      IntVector r2 = load(source, from + 2 * stride);
      IntVector r3 = load(source, from + 3 * stride);
      IntVector d0 = r0.lanewise(XOR, r2.rearrange(BY_8)).lanewise(AND, high8);
      r0 = r0.lanewise(XOR, d0);
      r2 = r2.lanewise(XOR, d0.rearrange(BY_8));
      IntVector d1 = r1.lanewise(XOR, r3.rearrange(BY_8)).lanewise(AND, high8);
      r1 = r1.lanewise(XOR, d1);
      r3 = r3.lanewise(XOR, d1.rearrange(BY_8));
      IntVector d2 = r0.lanewise(XOR, r1.rearrange(BY_4)).lanewise(AND, high4);
      r0 = r0.lanewise(XOR, d2);
      r1 = r1.lanewise(XOR, d2.rearrange(BY_4));
      IntVector d3 = r2.lanewise(XOR, r3.rearrange(BY_4)).lanewise(AND, high4);
      r2 = r2.lanewise(XOR, d3);
      r3 = r3.lanewise(XOR, d3.rearrange(BY_4));
      r0.reinterpretAsFloats().intoArray(square, to);
      r1.reinterpretAsFloats().intoArray(square, to + 4 * Lanes.WIDTH);
      r2.reinterpretAsFloats().intoArray(square, to + 8 * Lanes.WIDTH);
      r3.reinterpretAsFloats().intoArray(square, to + 12 * Lanes.WIDTH);
      from += Lanes.WIDTH;
      to += SQUARE;
    }
  }

  /** Rows r to r + 3 of some squares: bits 2 and 1. */
  private static void nearBits(
      float[] square, int from, int count, float[] target, int to, int stride) {
    IntVector high2 = IntVector.fromArray(BITS, HIGH_2, 0);
    IntVector high1 = IntVector.fromArray(BITS, HIGH_1, 0);
    for (int i = 0; i < count; i++) {
      IntVector r0 = load(square, from);
      IntVector r1 = load(square, from + Lanes.WIDTH);
      IntVector r2 = load(square, from + 2 * Lanes.WIDTH);
      IntVector r3 = load(square, from + 3 * Lanes.WIDTH);
      IntVector d0 = r0.lanewise(XOR, r2.rearrange(BY_2)).lanewise(AND, high2);
      r0 = r0.lanewise(XOR, d0);
      r2 = r2.lanewise(XOR, d0.rearrange(BY_2));
      IntVector d1 = r1.lanewise(XOR, r3.rearrange(BY_2)).lanewise(AND, high2);
      r1 = r1.lanewise(XOR, d1);
      r3 = r3.lanewise(XOR, d1.rearrange(BY_2));
      IntVector d2 = r0.lanewise(XOR, r1.rearrange(BY_1)).lanewise(AND, high1);
      r0 = r0.lanewise(XOR, d2);
      r1 = r1.lanewise(XOR, d2.rearrange(BY_1));
      IntVector d3 = r2.lanewise(XOR, r3.rearrange(BY_1)).lanewise(AND, high1);
      r2 = r2.lanewise(XOR, d3);
      r3 = r3.lanewise(XOR, d3.rearrange(BY_1));
      r0.reinterpretAsFloats().intoArray(target, to);
      r1.reinterpretAsFloats().intoArray(target, to + stride);
      r2.reinterpretAsFloats().intoArray(target, to + 2 * stride);
      r3.reinterpretAsFloats().intoArray(target, to + 3 * stride);
      from += SQUARE;
      to += Lanes.WIDTH;
    }
  }

  private static IntVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at).reinterpretAsInts();
  }
}
