package dev.convoy.kernel.normalization;

import dev.convoy.kernel.lane.Lanes;

/** Normalisation in plain Java, one value at a time, each lane's sums by themselves. */
public final class ScalarNormalization implements NormalizationBackend {
  private static final int STRETCH = NormalizationKernels.STRETCH * Lanes.WIDTH;

  private final double[] first = new double[Lanes.WIDTH];
  private final double[] second = new double[Lanes.WIDTH];

  @Override
  public void squares(
      ChannelRuns runs, float[] x, int offset, float center, float[] lastLanes, double[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      first[lane] = 0;
      second[lane] = 0;
      for (int run = 0; run < runs.runs(); run++) {
        float counts = run == runs.runs() - 1 ? lastLanes[lane] : 1;
        int end = offset + run * runs.stride() + runs.count();
        for (int start = end - runs.count(); start < end; start += STRETCH) {
          float sum = 0;
          float squares = 0;
          for (int i = start + lane; i < Math.min(end, start + STRETCH); i += Lanes.WIDTH) {
            float d = (x[i] - center) * counts;
            sum += d;
            squares = Math.fma(d, d, squares);
          }
          first[lane] += sum;
          second[lane] += squares;
        }
      }
    }
    join(sums);
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
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      int to = yOffset + run * runs.stride();
      for (int i = 0; i < runs.count(); i++) {
        float value = Math.fma(x[from + i] - center, scale, shift);
        y[to + i] = rectifies && value <= 0 ? 0 : value;
      }
    }
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
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i++) {
        float value = Math.fma(x[i] - center, scale, shift) + addend[i];
        y[i] = rectifies && value <= 0 ? 0 : value;
      }
    }
  }

  @Override
  public void products(
      ChannelRuns runs, float[] dy, float[] x, int offset, float center, double[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      first[lane] = 0;
      second[lane] = 0;
      for (int run = 0; run < runs.runs(); run++) {
        int end = offset + run * runs.stride() + runs.count();
        for (int start = end - runs.count(); start < end; start += STRETCH) {
          float sum = 0;
          float products = 0;
          for (int i = start + lane; i < Math.min(end, start + STRETCH); i += Lanes.WIDTH) {
            sum += dy[i];
            products = Math.fma(dy[i], x[i] - center, products);
          }
          first[lane] += sum;
          second[lane] += products;
        }
      }
    }
    join(sums);
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
      double[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      first[lane] = 0;
      second[lane] = 0;
      for (int run = 0; run < runs.runs(); run++) {
        int end = offset + run * runs.stride() + runs.count();
        for (int start = end - runs.count(); start < end; start += STRETCH) {
          float sum = 0;
          float products = 0;
          for (int i = start + lane; i < Math.min(end, start + STRETCH); i += Lanes.WIDTH) {
            float d = x[i] - center;
            float gradient = Math.fma(d, scale, shift) <= 0 ? 0 : dy[i];
            sum += gradient;
            products = Math.fma(gradient, d, products);
          }
          first[lane] += sum;
          second[lane] += products;
        }
      }
    }
    join(sums);
  }

  @Override
  public void rectifyAndProducts(
      ChannelRuns runs, float[] y, float[] dy, float[] x, int offset, float center, double[] sums) {
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i++) {
        if (y[i] <= 0) {
          dy[i] = 0;
        }
      }
    }
    products(runs, dy, x, offset, center, sums);
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
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i++) {
        dx[i] = Math.fma(dy[i], factor, Math.fma(x[i] - center, slope, constant));
      }
    }
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
    for (int run = 0; run < runs.runs(); run++) {
      int from = offset + run * runs.stride();
      for (int i = from; i < from + runs.count(); i++) {
        float d = x[i] - center;
        float gradient = Math.fma(d, scale, shift) <= 0 ? 0 : dy[i];
        dx[i] = Math.fma(gradient, factor, Math.fma(d, slope, constant));
      }
    }
  }

  private void join(double[] sums) {
    sums[0] = Lanes.sum(first, 0);
    sums[1] = Lanes.sum(second, 0);
  }
}
