package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of a tap product by its weights: a tile of filters by taps is kept in accumulators
 * over all positions of all blocks, lane by lane; the lanes are joined at the end, once a weight.
 *
 * <p>Tiles are 4 by 4 with 32 registers (AVX-512, NEON), 4 by 5 where five taps lie side by side,
 * and 4 by 2 with 16 (AVX2). At the edges a tile computes its last filter or tap again rather than
 * branch.
 */
final class VectorTapProductGradient {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  /** Taps side by side in a filter of five columns. */
  private static final int RUN = 5;

  private final float[] scratch = new float[Pack.SIZE * RUN * Lanes.WIDTH];

  void gradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset) {
    for (int f = 0; f < filters; f += Pack.SIZE) {
      int height = VectorWidth.HAS_32_REGISTERS && filters - f <= 2 ? 2 : 4;
      int width;
      for (int t = 0; t < geometry.taps(); t += width) {
        width = width(geometry, t, height);
        tile(
            geometry,
            height,
            width,
            blocks,
            sourceBlock,
            targetBlock,
            source,
            sourceOffset,
            t,
            target,
            targetOffset + f * geometry.targetPlane(),
            filters - f,
            gradient,
            gradientOffset + f * geometry.taps());
      }
    }
  }

  /** Returns how many taps a tile takes from t on. */
  private static int width(TapGeometry geometry, int t, int height) {
    if (!VectorWidth.HAS_32_REGISTERS) {
      return 2;
    }
    return height == 4 && isRun(geometry, t) ? RUN : 4;
  }

  /** Tells whether five taps from t on lie side by side, as those of a row of a filter do. */
  private static boolean isRun(TapGeometry geometry, int t) {
    int[] offsets = geometry.offsets();
    if (t + RUN > offsets.length) {
      return false;
    }
    for (int i = 1; i < RUN; i++) {
      if (offsets[t + i] - offsets[t + i - 1] != geometry.sourceColumn()) {
        return false;
      }
    }
    return true;
  }

  private void tile(
      TapGeometry geometry,
      int height,
      int width,
      int blocks,
      int sourceBlock,
      int targetBlock,
      float[] source,
      int from,
      int t,
      float[] target,
      int to,
      int filters,
      float[] gradient,
      int gradientTo) {
    int taps = geometry.taps();
    Arrays.fill(scratch, 0, height * width * Lanes.WIDTH, 0);
    for (int part = 0; part < Lanes.WIDTH; part += SPECIES.length()) {
      for (int block = 0; block < blocks; block++) {
        int x = from + part + block * sourceBlock;
        int y = to + part + block * targetBlock;
        if (width == RUN) {
          VectorTapGradientTiles.block4x5(
              geometry, source, x, t, target, y, filters, scratch, part);
        } else if (width == 2) {
          VectorTapGradientTiles.block4x2(
              geometry, source, x, t, target, y, filters, scratch, part);
        } else if (height == 2) {
          VectorTapGradientTiles.block2x4(
              geometry, source, x, t, target, y, filters, scratch, part);
        } else {
          VectorTapGradientTiles.block4x4(
              geometry, source, x, t, target, y, filters, scratch, part);
        }
      }
    }
    for (int f = 0; f < Math.min(height, filters); f++) {
      for (int k = 0; k < Math.min(width, taps - t); k++) {
        float sum = Lanes.sum(scratch, (f * width + k) * Lanes.WIDTH);
        gradient[gradientTo + f * taps + t + k] = sum;
      }
    }
  }
}
