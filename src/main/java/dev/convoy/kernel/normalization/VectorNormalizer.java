package dev.convoy.kernel.normalization;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The changes of a channel value by value: a pass over memory each, whatever is done in it. */
final class VectorNormalizer {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorNormalizer() {}

  static void normalize(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      boolean rectifies,
      float[] y,
      int yOffset) {
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      int to = yOffset + run * runs.stride();
      if (rectifies) {
        rectified(x, from, runs.count(), center, scale, shift, y, to);
      } else {
        plain(x, from, runs.count(), center, scale, shift, y, to);
      }
    }
  }

  private static void plain(
      float[] x, int from, int count, float center, float scale, float shift, float[] y, int to) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector constant = FloatVector.broadcast(SPECIES, shift);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, from + i).sub(middle);
      value.fma(factor, constant).intoArray(y, to + i);
    }
  }

  private static void rectified(
      float[] x, int from, int count, float center, float scale, float shift, float[] y, int to) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector constant = FloatVector.broadcast(SPECIES, shift);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector value =
          FloatVector.fromArray(SPECIES, x, from + i).sub(middle).fma(factor, constant);
      value.blend(zero, value.compare(VectorOperators.LE, zero)).intoArray(y, to + i);
    }
  }

  static void normalizeAndAdd(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      float[] addend,
      boolean rectifies,
      float[] y) {
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      if (rectifies) {
        rectifiedSum(x, from, runs.count(), center, scale, shift, addend, y);
      } else {
        sum(x, from, runs.count(), center, scale, shift, addend, y);
      }
    }
  }

  private static void sum(
      float[] x,
      int from,
      int count,
      float center,
      float scale,
      float shift,
      float[] addend,
      float[] y) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector constant = FloatVector.broadcast(SPECIES, shift);
    for (int i = from; i < from + count; i += LENGTH) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i).sub(middle).fma(factor, constant);
      value.add(FloatVector.fromArray(SPECIES, addend, i)).intoArray(y, i);
    }
  }

  private static void rectifiedSum(
      float[] x,
      int from,
      int count,
      float center,
      float scale,
      float shift,
      float[] addend,
      float[] y) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector constant = FloatVector.broadcast(SPECIES, shift);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = from; i < from + count; i += LENGTH) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i).sub(middle).fma(factor, constant);
      FloatVector sum = value.add(FloatVector.fromArray(SPECIES, addend, i));
      sum.blend(zero, sum.compare(VectorOperators.LE, zero)).intoArray(y, i);
    }
  }

  static void gradient(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float factor,
      float slope,
      float constant,
      float[] dx) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector constants = FloatVector.broadcast(SPECIES, constant);
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i += LENGTH) {
        FloatVector line = FloatVector.fromArray(SPECIES, x, i).sub(middle).fma(slopes, constants);
        FloatVector.fromArray(SPECIES, dy, i).fma(factors, line).intoArray(dx, i);
      }
    }
  }

  static void rectifiedGradient(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      float factor,
      float slope,
      float constant,
      float[] dx) {
    FloatVector middle = FloatVector.broadcast(SPECIES, center);
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector constants = FloatVector.broadcast(SPECIES, constant);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i += LENGTH) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(middle);
        FloatVector gradient =
            FloatVector.fromArray(SPECIES, dy, i)
                .blend(zero, d.fma(scales, shifts).compare(VectorOperators.LE, zero));
        gradient.fma(factors, d.fma(slopes, constants)).intoArray(dx, i);
      }
    }
  }
}
