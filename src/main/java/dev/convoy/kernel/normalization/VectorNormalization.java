package dev.convoy.kernel.normalization;

/** Normalisation on vectors. */
public final class VectorNormalization implements NormalizationBackend {
  private final VectorChannelSums sums = new VectorChannelSums();

  @Override
  public void squares(
      ChannelRuns runs, float[] x, int offset, float center, float[] lastLanes, double[] into) {
    sums.squares(runs, x, offset, center, lastLanes, into);
  }

  @Override
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
    VectorNormalizer.normalize(runs, x, offset, center, scale, shift, rectifies, y, yOffset);
  }

  @Override
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
    VectorNormalizer.normalizeAndAdd(runs, x, offset, center, scale, shift, addend, rectifies, y);
  }

  @Override
  public void products(
      ChannelRuns runs, float[] dy, float[] x, int offset, float center, double[] into) {
    sums.products(runs, dy, x, offset, center, into);
  }

  @Override
  public void rectifiedProducts(
      ChannelRuns runs,
      float[] dy,
      float[] x,
      int offset,
      float center,
      float scale,
      float shift,
      double[] into) {
    sums.rectifiedProducts(runs, dy, x, offset, center, scale, shift, into);
  }

  @Override
  public void rectifyAndProducts(
      ChannelRuns runs, float[] y, float[] dy, float[] x, int offset, float center, double[] into) {
    sums.rectifyAndProducts(runs, y, dy, x, offset, center, into);
  }

  @Override
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
    VectorNormalizer.gradient(runs, dy, x, offset, center, factor, slope, constant, dx);
  }

  @Override
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
    VectorNormalizer.rectifiedGradient(
        runs, dy, x, offset, center, scale, shift, factor, slope, constant, dx);
  }
}
