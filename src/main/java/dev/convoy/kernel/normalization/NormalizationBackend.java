package dev.convoy.kernel.normalization;

/**
 * Normalisation on raw arrays, behind {@link NormalizationKernels}, which has checked the
 * arguments. Every implementation gives the same bits.
 */
public interface NormalizationBackend {
  /** See {@link NormalizationKernels#squares}. */
  void squares(
      ChannelRuns runs, float[] x, int offset, float center, float[] lastLanes, double[] sums);

  /** See {@link NormalizationKernels#normalize}. */
  void normalize(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      boolean rectifies,
      float[] y,
      int yOffset);

  /** See {@link NormalizationKernels#normalizeAndAdd}. */
  void normalizeAndAdd(
      ChannelRuns runs,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      float[] addend,
      boolean rectifies,
      float[] y);

  /** See {@link NormalizationKernels#products}. */
  void products(ChannelRuns runs, float[] dy, float[] x, int offset, float center, double[] sums);

  /** See {@link NormalizationKernels#rectifiedProducts}. */
  void rectifiedProducts(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      double[] sums);

  /** See {@link NormalizationKernels#rectifyAndProducts}. */
  void rectifyAndProducts(
      ChannelRuns runs, float[] y, float[] dy, float[] x, int offset, float center, double[] sums);

  /** See {@link NormalizationKernels#gradient}. */
  void gradient(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float factor,
      float slope,
      float constant,
      float[] dx);

  /** See {@link NormalizationKernels#rectifiedGradient}. */
  void rectifiedGradient(
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
      float[] dx);
}
