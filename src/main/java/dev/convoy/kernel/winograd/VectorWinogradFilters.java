package dev.convoy.kernel.winograd;

import static dev.convoy.kernel.winograd.Winograd.FAR;
import static dev.convoy.kernel.winograd.Winograd.FAR_SCALE;
import static dev.convoy.kernel.winograd.Winograd.FILTER;
import static dev.convoy.kernel.winograd.Winograd.NEAR;
import static dev.convoy.kernel.winograd.Winograd.NEAR_SCALE;
import static dev.convoy.kernel.winograd.Winograd.PATCH;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Transforms of filters that lie side by side, a vector of them at a time. */
final class VectorWinogradFilters {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** A patch whose columns (rows, on the way back) are transformed. */
  private final float[] scratch = new float[FILTER * PATCH * LENGTH];

  void transform(float[] cells, float[] target, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      for (int k = 0; k < FILTER; k++) {
        spread(cells, i + k * count, FILTER * count, scratch, k * LENGTH, FILTER * LENGTH);
      }
      for (int row = 0; row < PATCH; row++) {
        int from = row * FILTER * LENGTH;
        spread(scratch, from, LENGTH, target, i + row * PATCH * count, count);
      }
    }
  }

  /** Multiplies {@code G g}: three values in, six out. */
  private static void spread(
      float[] source, int from, int step, float[] target, int to, int stride) {
    FloatVector g0 = FloatVector.fromArray(SPECIES, source, from);
    FloatVector g1 = FloatVector.fromArray(SPECIES, source, from + step);
    FloatVector g2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
    FloatVector evenNear = g2.fma(FloatVector.broadcast(SPECIES, 0.5f), g0).mul(NEAR_SCALE);
    FloatVector oddNear = g1.mul(NEAR * NEAR_SCALE);
    FloatVector evenFar = g2.fma(FloatVector.broadcast(SPECIES, 2), g0).mul(FAR_SCALE);
    FloatVector oddFar = g1.mul(FAR * FAR_SCALE);
    g0.intoArray(target, to);
    evenNear.add(oddNear).intoArray(target, to + stride);
    evenNear.sub(oddNear).intoArray(target, to + 2 * stride);
    evenFar.add(oddFar).intoArray(target, to + 3 * stride);
    evenFar.sub(oddFar).intoArray(target, to + 4 * stride);
    g2.intoArray(target, to + 5 * stride);
  }

  void gradient(float[] source, float[] cells, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      for (int row = 0; row < PATCH; row++) {
        gather(source, i + row * PATCH * count, count, scratch, row * FILTER * LENGTH, LENGTH);
      }
      for (int k = 0; k < FILTER; k++) {
        gather(scratch, k * LENGTH, FILTER * LENGTH, cells, i + k * count, FILTER * count);
      }
    }
  }

  /** Multiplies {@code Gᵀ u}: six values in, three out. */
  private static void gather(
      float[] source, int from, int step, float[] target, int to, int stride) {
    FloatVector u1 = FloatVector.fromArray(SPECIES, source, from + step);
    FloatVector u2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
    FloatVector u3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
    FloatVector u4 = FloatVector.fromArray(SPECIES, source, from + 4 * step);
    FloatVector sumNear = u1.add(u2).mul(NEAR_SCALE);
    FloatVector gapNear = u1.sub(u2).mul(NEAR * NEAR_SCALE);
    FloatVector sumFar = u3.add(u4).mul(FAR_SCALE);
    FloatVector gapFar = u3.sub(u4);
    FloatVector u0 = FloatVector.fromArray(SPECIES, source, from);
    FloatVector u5 = FloatVector.fromArray(SPECIES, source, from + 5 * step);
    u0.add(sumNear).add(sumFar).intoArray(target, to);
    gapFar
        .fma(FloatVector.broadcast(SPECIES, FAR * FAR_SCALE), gapNear)
        .intoArray(target, to + stride);
    sumFar
        .fma(
            FloatVector.broadcast(SPECIES, 2),
            sumNear.fma(FloatVector.broadcast(SPECIES, 0.5f), u5))
        .intoArray(target, to + 2 * stride);
  }
}
