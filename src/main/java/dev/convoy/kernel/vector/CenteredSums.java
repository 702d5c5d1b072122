package dev.convoy.kernel.vector;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums around a center, all lanes at once; each lane is summed by itself, stretch by stretch. */
final class CenteredSums {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

  private static final int STRETCH = Kernels.CENTERED_STRETCH * Lanes.WIDTH;

  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, SPECIES.vectorShape());

  /** The sums of all stretches, lane by lane. */
  private final double[] first = new double[Lanes.WIDTH];

  private final double[] second = new double[Lanes.WIDTH];
  private final float[] allLanes = new float[Lanes.WIDTH];

  CenteredSums() {
    Arrays.fill(allLanes, 1);
  }

  void squares(
      float[] values,
      int offset,
      int count,
      int runs,
      int runStride,
      float center,
      float[] lastLanes,
      double[] sums) {
    clear();
    for (int run = 0; run < runs; run++) {
      float[] lanes = run == runs - 1 ? lastLanes : allLanes;
      int end = offset + run * runStride + count;
      for (int start = end - count; start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
          sumSquares(values, start + part, length, center, lanes, part);
        }
      }
    }
    join(sums);
  }

  private void sumSquares(
      float[] values, int start, int count, float center, float[] lanes, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector squares = FloatVector.zero(SPECIES);
    FloatVector counts = FloatVector.fromArray(SPECIES, lanes, part);
    for (int i = 0; i < count; i += Lanes.WIDTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, values, start + i).sub(center).mul(counts);
      sum = sum.add(d);
      squares = d.fma(d, squares);
    }
    add(sum, first, part);
    add(squares, second, part);
  }

  void products(
      float[] gradient,
      float[] values,
      int offset,
      int count,
      int runs,
      int runStride,
      float center,
      double[] sums) {
    clear();
    for (int run = 0; run < runs; run++) {
      int end = offset + run * runStride + count;
      for (int start = end - count; start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
          sumProducts(gradient, values, start + part, length, center, part);
        }
      }
    }
    join(sums);
  }

  private void sumProducts(
      float[] gradient, float[] values, int start, int count, float center, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += Lanes.WIDTH) {
      FloatVector dy = FloatVector.fromArray(SPECIES, gradient, start + i);
      FloatVector d = FloatVector.fromArray(SPECIES, values, start + i).sub(center);
      sum = sum.add(dy);
      products = dy.fma(d, products);
    }
    add(sum, first, part);
    add(products, second, part);
  }

  /** Adds the sums of a stretch, in double, to those before. */
  private static void add(FloatVector sum, double[] sums, int part) {
    int half = DOUBLES.length();
    DoubleVector.fromArray(DOUBLES, sums, part)
        .add(sum.convertShape(VectorOperators.F2D, DOUBLES, 0))
        .intoArray(sums, part);
    DoubleVector.fromArray(DOUBLES, sums, part + half)
        .add(sum.convertShape(VectorOperators.F2D, DOUBLES, 1))
        .intoArray(sums, part + half);
  }

  private void clear() {
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
  }

  private void join(double[] sums) {
    sums[0] = Lanes.sum(first, 0);
    sums[1] = Lanes.sum(second, 0);
  }
}
