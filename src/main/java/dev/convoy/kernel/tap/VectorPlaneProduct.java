package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of turned planes: a tile of 8 filters by 3 taps stays in registers over all positions,
 * of 4 by 3 at the edge and with AVX2's sixteen registers. Rows of most filters have three taps or
 * a multiple, so few tiles compute a tap again.
 */
final class VectorPlaneProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int TAPS = 3;

  private static final int TALL = 2 * Pack.SIZE;

  private final float[] sums = new float[TALL * TAPS * Lanes.WIDTH];

  void add(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int row = geometry.taps() * Lanes.WIDTH;
    // Taps outside: the part of the source that three of them see stays in the nearest cache.
    for (int t = 0; t < geometry.taps(); t += TAPS) {
      int count = Math.min(TAPS, geometry.taps() - t) * Lanes.WIDTH;
      int height;
      for (int f = 0; f < filters; f += height) {
        height = VectorWidth.HAS_32_REGISTERS && filters - f >= TALL ? TALL : Pack.SIZE;
        int w = leftOffset + f / Lanes.WIDTH * geometry.targetPlane() + f % Lanes.WIDTH;
        for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
          if (height == TALL) {
            VectorPlaneTiles.tile8x3(geometry, t, left, w, source, sourceOffset + part, sums, part);
          } else {
            VectorPlaneTiles.tile4x3(geometry, t, left, w, source, sourceOffset + part, sums, part);
          }
        }
        for (int i = 0; i < height; i++) {
          int to = targetOffset + (f + i) * row + t * Lanes.WIDTH;
          addTo(target, to, sums, i * TAPS * Lanes.WIDTH, count);
        }
      }
    }
  }

  private static void addTo(float[] target, int to, float[] sums, int from, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, target, to + i)
          .add(FloatVector.fromArray(SPECIES, sums, from + i))
          .intoArray(target, to + i);
    }
  }
}
