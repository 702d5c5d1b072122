package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Bilinear resampling, all lanes of a position at once. */
final class VectorBilinear {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private VectorBilinear() {}

  static void forward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int output = targetOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * rows.inputs() * columns.inputs() * Lanes.WIDTH;
      for (int m = 0; m < rows.outputs(); m++) {
        int upper = x + rows.first(m) * columns.inputs() * Lanes.WIDTH;
        int lower = x + rows.second(m) * columns.inputs() * Lanes.WIDTH;
        float above = rows.firstWeight(m);
        float below = rows.secondWeight(m);
        for (int n = 0; n < columns.outputs(); n++) {
          int left = columns.first(n) * Lanes.WIDTH;
          int right = columns.second(n) * Lanes.WIDTH;
          float before = columns.firstWeight(n);
          float after = columns.secondWeight(n);
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, source, lower + right + part)
                .fma(
                    FloatVector.broadcast(SPECIES, below * after),
                    FloatVector.fromArray(SPECIES, source, lower + left + part)
                        .fma(
                            FloatVector.broadcast(SPECIES, below * before),
                            FloatVector.fromArray(SPECIES, source, upper + right + part)
                                .fma(
                                    FloatVector.broadcast(SPECIES, above * after),
                                    FloatVector.fromArray(SPECIES, source, upper + left + part)
                                        .mul(above * before))))
                .intoArray(target, output + part);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  static void backward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = rows.inputs() * columns.inputs() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + planes * inputs, 0);
    int output = gradientOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * inputs;
      for (int m = 0; m < rows.outputs(); m++) {
        int upper = x + rows.first(m) * columns.inputs() * Lanes.WIDTH;
        int lower = x + rows.second(m) * columns.inputs() * Lanes.WIDTH;
        float above = rows.firstWeight(m);
        float below = rows.secondWeight(m);
        for (int n = 0; n < columns.outputs(); n++) {
          int left = columns.first(n) * Lanes.WIDTH;
          int right = columns.second(n) * Lanes.WIDTH;
          float before = columns.firstWeight(n);
          float after = columns.secondWeight(n);
          for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
            FloatVector share = FloatVector.fromArray(SPECIES, gradient, output + part);
            addScaled(share, above * before, sourceGradient, upper + left + part);
            addScaled(share, above * after, sourceGradient, upper + right + part);
            addScaled(share, below * before, sourceGradient, lower + left + part);
            addScaled(share, below * after, sourceGradient, lower + right + part);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  private static void addScaled(FloatVector share, float weight, float[] sums, int at) {
    share
        .fma(FloatVector.broadcast(SPECIES, weight), FloatVector.fromArray(SPECIES, sums, at))
        .intoArray(sums, at);
  }
}
