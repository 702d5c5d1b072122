package dev.convoy.kernel.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums over a channel, all lanes at once; each lane is summed by itself, stretch by stretch. */
final class VectorChannelSums {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final int STRETCH = NormalizationKernels.STRETCH * Lanes.WIDTH;

  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, SPECIES.vectorShape());

  /** The sums of all stretches, lane by lane. */
  private final double[] first = new double[Lanes.WIDTH];

  private final double[] second = new double[Lanes.WIDTH];
  private final float[] allLanes = new float[Lanes.WIDTH];

  VectorChannelSums() {
    Arrays.fill(allLanes, 1);
  }

  void squares(
      ChannelRuns runs, float[] x, int offset, float center, float[] lastLanes, double[] sums) {
    clear();
    for (int run = 0; run < runs.runs(); run++) {
      float[] lanes = run == runs.runs() - 1 ? lastLanes : allLanes;
      int end = offset + run * runs.stride() + runs.count();
      for (int start = end - runs.count(); start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          squares(x, start + part, length, center, lanes, part);
        }
      }
    }
    join(sums);
  }

  private void squares(float[] x, int start, int count, float center, float[] lanes, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector squares = FloatVector.zero(SPECIES);
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector counts = FloatVector.fromArray(SPECIES, lanes, part);
    for (int i = start; i < start + count; i += Lanes.WIDTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(middle).mul(counts);
      sum = sum.add(d);
      squares = d.fma(d, squares);
    }
    add(sum, first, part);
    add(squares, second, part);
  }

  void products(ChannelRuns runs, float[] dy, float[] x, int offset, float center, double[] sums) {
    clear();
    for (int run = 0; run < runs.runs(); run++) {
      int end = offset + run * runs.stride() + runs.count();
      for (int start = end - runs.count(); start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          products(dy, x, start + part, length, center, part);
        }
      }
    }
    join(sums);
  }

  private void products(float[] dy, float[] x, int start, int count, float center, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    for (int i = start; i < start + count; i += Lanes.WIDTH) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, dy, i);
      sum = sum.add(gradient);
      products = gradient.fma(FloatVector.fromArray(SPECIES, x, i).sub(middle), products);
    }
    add(sum, first, part);
    add(products, second, part);
  }

  void rectifiedProducts(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      double[] sums) {
    clear();
    for (int run = 0; run < runs.runs(); run++) {
      int end = offset + run * runs.stride() + runs.count();
      for (int start = end - runs.count(); start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          rectifiedProducts(dy, x, start + part, length, center, scale, shift, part);
        }
      }
    }
    join(sums);
  }

  private void rectifiedProducts(
      float[] dy,
      float[] x,
      int start,
      int count,
      float center,
      float scale,
      float shift,
      int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (int i = start; i < start + count; i += Lanes.WIDTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(middle);
      FloatVector gradient =
          FloatVector.fromArray(SPECIES, dy, i)
              .blend(zero, d.fma(scales, shifts).compare(VectorOperators.LE, zero));
      sum = sum.add(gradient);
      products = gradient.fma(d, products);
    }
    add(sum, first, part);
    add(products, second, part);
  }

  void rectifyAndProducts(
      ChannelRuns runs, float[] y, float[] dy, float[] x, int offset, float center, double[] sums) {
    clear();
    for (int run = 0; run < runs.runs(); run++) {
      int end = offset + run * runs.stride() + runs.count();
      for (int start = end - runs.count(); start < end; start += STRETCH) {
        int length = Math.min(STRETCH, end - start);
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          rectifyAndProducts(y, dy, x, start + part, length, center, part);
        }
      }
    }
    join(sums);
  }

  private void rectifyAndProducts(
      float[] y, float[] dy, float[] x, int start, int count, float center, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    for (int i = start; i < start + count; i += Lanes.WIDTH) {
      FloatVector gradient =
          FloatVector.fromArray(SPECIES, dy, i)
              .blend(zero, FloatVector.fromArray(SPECIES, y, i).compare(VectorOperators.LE, zero));
      gradient.intoArray(dy, i);
      sum = sum.add(gradient);
      products = gradient.fma(FloatVector.fromArray(SPECIES, x, i).sub(middle), products);
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
