package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of planes: four at a time, since each sum waits for the addition before. */
final class VectorPlaneSums {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int AT_ONCE = 4;

  private VectorPlaneSums() {}

  static void add(float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    if (size == Lanes.WIDTH) {
      vectors(values, offset, planes * size, sums, sumsOffset);
      return;
    }
    int plane = 0;
    for (; plane + AT_ONCE <= planes; plane += AT_ONCE) {
      int from = offset + plane * size;
      int to = sumsOffset + plane * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
        four(values, from + part, size, sums, to + part);
      }
    }
    for (; plane < planes; plane++) {
      int from = offset + plane * size;
      int to = sumsOffset + plane * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
        one(values, from + part, size, sums, to + part);
      }
    }
  }

  /** Planes of a vector each. */
  private static void vectors(float[] values, int from, int count, float[] sums, int to) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, sums, to + i)
          .add(FloatVector.fromArray(SPECIES, values, from + i))
          .intoArray(sums, to + i);
    }
  }

  private static void four(float[] values, int from, int size, float[] sums, int to) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, to + Lanes.WIDTH);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, to + 2 * Lanes.WIDTH);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, to + 3 * Lanes.WIDTH);
    for (int i = 0; i < size; i += Lanes.WIDTH) {
      int at = from + i;
      s0 = s0.add(FloatVector.fromArray(SPECIES, values, at));
      s1 = s1.add(FloatVector.fromArray(SPECIES, values, at + size));
      s2 = s2.add(FloatVector.fromArray(SPECIES, values, at + 2 * size));
      s3 = s3.add(FloatVector.fromArray(SPECIES, values, at + 3 * size));
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + Lanes.WIDTH);
    s2.intoArray(sums, to + 2 * Lanes.WIDTH);
    s3.intoArray(sums, to + 3 * Lanes.WIDTH);
  }

  private static void one(float[] values, int from, int size, float[] sums, int to) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, to);
    for (int i = 0; i < size; i += Lanes.WIDTH) {
      sum = sum.add(FloatVector.fromArray(SPECIES, values, from + i));
    }
    sum.intoArray(sums, to);
  }
}
