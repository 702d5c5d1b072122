package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.tap.TapGeometry;
import dev.convoy.kernel.tap.TapKernels;
import dev.convoy.nn.layer.Window;
import java.util.Arrays;

/**
 * The gradient of filters with channels in the lanes: {@code dW[o, c, j, k] = Σ dy[o, p] · x[c, p +
 * (j, k)]} over the images of the batch and their positions, in ascending order. No lanes are left
 * to be joined, and the accumulators are as few as the weights, so that a part of an image at a
 * time is multiplied for all filters and taps.
 */
public final class PlaneWeightGradient {
  /** Positions that are multiplied at a time, so that it stays in the nearest cache. */
  private static final int POSITIONS = 64;

  /** Channels and filters from which on few lanes stay empty. */
  private static final int LEAST_CHANNELS = 12;

  /** Cells from which on the products outweigh the turning of lanes. */
  private static final int LEAST_CELLS = 4;

  private final TapKernels kernels;
  private final Window window;
  private final int channels;
  private final int filters;
  private final LanePlanes inputs;
  private final LanePlanes gradients;
  private final TapGeometry part;
  private final TapGeometry lastPart;
  private final int packedFilters;
  private final float[] sums;

  /**
   * The gradient of a convolution without groups.
   *
   * @param window over the image
   * @param channels of the image
   */
  PlaneWeightGradient(Kernels kernels, Window window, int channels, int filters) {
    this.kernels = kernels.taps();
    this.window = window;
    this.channels = channels;
    this.filters = filters;
    inputs =
        new LanePlanes(
            kernels, Area.INPUT_PLANES, channels, window.paddedHeight() * window.paddedWidth());
    gradients =
        new LanePlanes(
            kernels, Area.GRADIENT_PLANES, filters, window.outputHeight() * window.outputWidth());
    int rows = Math.max(1, Math.min(POSITIONS / window.outputWidth(), window.outputHeight()));
    part = geometry(rows);
    int rest = window.outputHeight() % rows;
    lastPart = rest == 0 ? part : geometry(rest);
    packedFilters = Pack.wholeFilters(filters);
    sums = new float[Math.multiplyExact(packedFilters, part.taps() * Lanes.WIDTH)];
  }

  /**
   * Returns whether it is worth its while; by the shape alone, since the sums' order depends on it.
   */
  public static boolean suits(Window window, int channels, int filters, int groups) {
    return groups == 1
        && Math.min(channels, filters) >= LEAST_CHANNELS
        && window.kernel().area() >= LEAST_CELLS;
  }

  /** So many rows of positions of an image. */
  private TapGeometry geometry(int rows) {
    int cells = window.kernel().area();
    int width = window.paddedWidth();
    int[] offsets = new int[inputs.groups() * cells];
    for (int tap = 0; tap < offsets.length; tap++) {
      int row = tap % cells / window.kernel().width() * window.dilation().height();
      int column = tap % window.kernel().width() * window.dilation().width();
      int plane = tap / cells * Lanes.WIDTH * inputs.stride();
      offsets[tap] = plane + (row * width + column) * Lanes.WIDTH;
    }
    return new TapGeometry(
        offsets,
        rows,
        window.outputWidth(),
        window.stride().height() * width * Lanes.WIDTH,
        window.stride().width() * Lanes.WIDTH,
        window.outputWidth() * Lanes.WIDTH,
        Lanes.WIDTH,
        Lanes.WIDTH * gradients.stride());
  }

  /**
   * Computes the gradient.
   *
   * @param images of the batch
   * @param source the images with their border, from {@code start} on
   * @param target where it goes, {@code [filters][channels][kh][kw]} from {@code offset} on
   */
  void run(int images, float[] source, int start, float[] dy, float[] target, int offset) {
    Arrays.fill(sums, 0);
    for (int block = 0; block < Lanes.blocks(images); block++) {
      inputs.take(source, start, block);
      gradients.take(dy, 0, block);
      int used = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      for (int image = 0; image < used; image++) {
        for (int row = 0; row < window.outputHeight(); row += part.rows()) {
          boolean whole = row + part.rows() <= window.outputHeight();
          kernels.addPlaneProduct(
              whole ? part : lastPart,
              packedFilters,
              gradients.values(),
              gradients.plane(0, image) + row * part.targetRow(),
              inputs.values(),
              inputs.plane(0, image) + row * part.sourceRow(),
              sums,
              0);
        }
      }
    }
    int cells = window.kernel().area();
    for (int f = 0; f < filters; f++) {
      for (int c = 0; c < channels; c++) {
        int from = (f * part.taps() + c / Lanes.WIDTH * cells) * Lanes.WIDTH + c % Lanes.WIDTH;
        int to = offset + (f * channels + c) * cells;
        for (int cell = 0; cell < cells; cell++) {
          target[to + cell] = sums[from + cell * Lanes.WIDTH];
        }
      }
    }
  }
}
