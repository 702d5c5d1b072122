package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/**
 * Sums of each image by itself, sixteen images at a time: few values in float, and then, stretch by
 * stretch, in double. Their order is that of the values, whatever the kernels.
 */
public final class LaneSums {
  /** Floats of a stretch: eight values a lane. */
  private static final int STRETCH = 8 * Lanes.WIDTH;

  private final double[] totals = new double[Lanes.WIDTH];
  private final float[] stretch = new float[Lanes.WIDTH];

  /** Begins anew. */
  public void clear() {
    Arrays.fill(totals, 0);
  }

  /** Adds the products of values that lie at these places. */
  public void addProducts(float[] a, int aOffset, float[] b, int bOffset, int count) {
    for (int start = 0; start < count; start += STRETCH) {
      int end = Math.min(count, start + STRETCH);
      Arrays.fill(stretch, 0);
      for (int i = start; i < end; i += Lanes.WIDTH) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          stretch[lane] = Math.fma(a[aOffset + i + lane], b[bOffset + i + lane], stretch[lane]);
        }
      }
      addStretch();
    }
  }

  /** Adds what values lack to a center of each image. */
  void addDistances(float[] x, int offset, float[] center, int count) {
    for (int start = offset; start < offset + count; start += STRETCH) {
      int end = Math.min(offset + count, start + STRETCH);
      Arrays.fill(stretch, 0);
      for (int i = start; i < end; i += Lanes.WIDTH) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          stretch[lane] += x[i + lane] - center[lane];
        }
      }
      addStretch();
    }
  }

  /** Adds the squares of {@link #addDistances}. */
  void addSquares(float[] x, int offset, float[] center, int count) {
    for (int start = offset; start < offset + count; start += STRETCH) {
      int end = Math.min(offset + count, start + STRETCH);
      Arrays.fill(stretch, 0);
      for (int i = start; i < end; i += Lanes.WIDTH) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          float distance = x[i + lane] - center[lane];
          stretch[lane] = Math.fma(distance, distance, stretch[lane]);
        }
      }
      addStretch();
    }
  }

  private void addStretch() {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      totals[lane] += stretch[lane];
    }
  }

  /** Returns the sums, one a lane. */
  double[] totals() {
    return totals;
  }

  /** Writes the sums to sixteen places. */
  public void store(float[] target, int offset) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      target[offset + lane] = (float) totals[lane];
    }
  }
}
