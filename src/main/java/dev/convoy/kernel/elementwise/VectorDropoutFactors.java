package dev.convoy.kernel.elementwise;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link DropoutDraw} of many values at once, and what becomes of them. */
final class VectorDropoutFactors {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> INTEGERS = SPECIES.withLanes(int.class);

  /** The terms that a draw's start gets by its place in a vector. */
  private static final int[] PLACES = new int[INTEGERS.length()];

  static {
    for (int lane = 0; lane < PLACES.length; lane++) {
      PLACES[lane] = DropoutDraw.GAMMA * lane;
    }
  }

  private VectorDropoutFactors() {}

  static void draw(long key, int threshold, float scale, float[] factors, int offset, int count) {
    int end = SPECIES.loopBound(count);
    IntVector places = IntVector.fromArray(INTEGERS, PLACES, 0);
    IntVector upper = IntVector.broadcast(INTEGERS, (int) (key >>> 32));
    IntVector first = IntVector.broadcast(INTEGERS, DropoutDraw.FIRST);
    IntVector second = IntVector.broadcast(INTEGERS, DropoutDraw.SECOND);
    IntVector least = IntVector.broadcast(INTEGERS, threshold);
    IntVector kept = IntVector.broadcast(INTEGERS, Float.floatToRawIntBits(scale));
    for (int i = 0; i < end; i += SPECIES.length()) {
      IntVector z = places.add((int) key + DropoutDraw.GAMMA * i);
      z =
          z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16))
              .mul(first)
              .add(upper);
      z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15)).mul(second);
      z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16));
      z = z.lanewise(VectorOperators.LSHR, Integer.SIZE - DropoutDraw.BITS).sub(least);
      // All ones where the difference is negative: no factor there.
      z = z.lanewise(VectorOperators.ASHR, Integer.SIZE - 1).lanewise(VectorOperators.NOT);
      FloatVector factor = z.and(kept).reinterpretAsFloats();
      factor.intoArray(factors, offset + i);
    }
    for (int i = end; i < count; i++) {
      factors[offset + i] = DropoutDraw.at(key, i) < threshold ? 0 : scale;
    }
  }
}
