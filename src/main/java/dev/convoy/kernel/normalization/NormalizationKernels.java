package dev.convoy.kernel.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * Normalisation of a channel, its sums and gradients: {@code y = fma(x - center, scale, shift)}.
 * All arrays of a call lie alike, the channel at {@code offset} of each. Each sum is taken lane by
 * lane, in stretches of {@link #STRETCH} values that are added in float and then, stretch by
 * stretch, in double.
 */
public final class NormalizationKernels {
  /** Values of a lane that are added in float: few, so that errors stay small. */
  public static final int STRETCH = 8;

  private final NormalizationBackend backend;

  /** Checks what goes to this implementation. */
  public NormalizationKernels(NormalizationBackend backend) {
    this.backend = backend;
  }

  /**
   * Computes {@code sums[0] = Σ (x - center), sums[1] = Σ (x - center)²}.
   *
   * @param lastLanes 1 for each lane of the last run that counts, 0 for the others
   */
  public void squares(
      ChannelRuns runs, float[] x, int offset, float center, float[] lastLanes, double[] sums) {
    check(runs, offset, x, "squares x");
    Check.range(0, Lanes.WIDTH, lastLanes.length, "squares lanes");
    backend.squares(runs, x, offset, center, lastLanes, sums);
  }

  /**
   * Normalises.
   *
   * @param rectifies whether what is not above 0 becomes 0
   * @param y overwritten; may be x
   */
  public void normalize(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      boolean rectifies,
      float[] y) {
    normalize(runs, x, offset, center, scale, shift, rectifies, y, offset);
  }

  /**
   * Normalises from one place to another.
   *
   * @param y overwritten from {@code yOffset} on; may be x, at the same place
   */
  public void normalize(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      boolean rectifies,
      float[] y,
      int yOffset) {
    check(runs, offset, x, "normalize x");
    check(runs, yOffset, y, "normalize y");
    backend.normalize(runs, x, offset, center, scale, shift, rectifies, y, yOffset);
  }

  /**
   * Normalises and adds.
   *
   * @param addend what is added
   * @param rectifies whether a sum that is not above 0 becomes 0
   * @param y overwritten; may be x or the addend
   */
  public void normalizeAndAdd(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      float[] addend,
      boolean rectifies,
      float[] y) {
    check(runs, offset, x, "normalizeAndAdd x");
    check(runs, offset, addend, "normalizeAndAdd addend");
    check(runs, offset, y, "normalizeAndAdd y");
    backend.normalizeAndAdd(runs, x, offset, center, scale, shift, addend, rectifies, y);
  }

  /** Computes {@code sums[0] = Σ dy, sums[1] = Σ dy · (x - center)}. */
  public void products(
      ChannelRuns runs, float[] dy, float[] x, int offset, float center, double[] sums) {
    check(runs, offset, dy, "products dy");
    check(runs, offset, x, "products x");
    backend.products(runs, dy, x, offset, center, sums);
  }

  /** Computes {@link #products}, but dy counts as 0 where {@link #normalize} rectified to 0. */
  public void rectifiedProducts(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      double[] sums) {
    check(runs, offset, dy, "rectifiedProducts dy");
    check(runs, offset, x, "rectifiedProducts x");
    backend.rectifiedProducts(runs, dy, x, offset, center, scale, shift, sums);
  }

  /**
   * Sets dy to 0 where y is 0 or less, and takes {@link #products} of that.
   *
   * @param dy changed
   */
  public void rectifyAndProducts(
      ChannelRuns runs, float[] y, float[] dy, float[] x, int offset, float center, double[] sums) {
    check(runs, offset, y, "rectifyAndProducts y");
    check(runs, offset, dy, "rectifyAndProducts dy");
    check(runs, offset, x, "rectifyAndProducts x");
    backend.rectifyAndProducts(runs, y, dy, x, offset, center, sums);
  }

  /**
   * Computes {@code dx = fma(dy, factor, fma(x - center, slope, constant))}.
   *
   * @param dx overwritten; may be dy
   */
  public void gradient(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float factor,
      float slope,
      float constant,
      float[] dx) {
    check(runs, offset, dy, "gradient dy");
    check(runs, offset, x, "gradient x");
    check(runs, offset, dx, "gradient dx");
    backend.gradient(runs, dy, x, offset, center, factor, slope, constant, dx);
  }

  /** Computes {@link #gradient}, but dy counts as 0 where {@link #normalize} rectified to 0. */
  public void rectifiedGradient(
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
    check(runs, offset, dy, "rectifiedGradient dy");
    check(runs, offset, x, "rectifiedGradient x");
    check(runs, offset, dx, "rectifiedGradient dx");
    backend.rectifiedGradient(
        runs, dy, x, offset, center, scale, shift, factor, slope, constant, dx);
  }

  private static void check(ChannelRuns runs, int offset, float[] values, String name) {
    Check.range(offset, runs.reach(), values.length, name);
  }
}
