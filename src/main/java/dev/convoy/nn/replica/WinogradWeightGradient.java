package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.TapGeometry;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.WinogradGeometry;
import dev.convoy.kernel.WinogradKernels;
import java.util.stream.IntStream;

/**
 * The gradient of 3x3 filters: {@code dW = Gᵀ [Σ (A dy Aᵀ) ⊙ (Bᵀ d B)] G} over the tiles of all
 * images. A few lane blocks at a time are transformed and multiplied position by position; the sums
 * of the parts of a batch are added in order.
 */
final class WinogradWeightGradient {
  /** Tiles that are summed at once, at least, so that joining the lanes costs little. */
  private static final int LEAST_TILES = 64;

  private final Kernels kernels;
  private final WinogradKernels winograd;
  private final WinogradGeometry geometry;
  private final int channels;
  private final int filters;
  private final int inputPlane;
  private final int outputPlane;
  private final int blocksAtOnce;
  private final TapGeometry[] products;
  private final int count;
  private final WinogradTiles inputs;
  private final WinogradTiles gradients;
  private final float[] sums;
  private final float[] part;
  private final float[] cells;

  /** As {@link WinogradProduct}, whose gradient this is. */
  WinogradWeightGradient(
      Kernels kernels, WinogradGeometry geometry, int channels, int filters, int blocks) {
    this.kernels = kernels;
    this.winograd = kernels.winograd();
    this.geometry = geometry;
    this.channels = channels;
    this.filters = filters;
    inputPlane = geometry.inputHeight() * geometry.inputWidth() * Lanes.WIDTH;
    outputPlane = geometry.outputHeight() * geometry.outputWidth() * Lanes.WIDTH;
    blocksAtOnce = Math.min(blocks, (LEAST_TILES + geometry.tiles() - 1) / geometry.tiles());
    inputs = new WinogradTiles(channels, blocksAtOnce * geometry.tiles());
    gradients = new WinogradTiles(filters, blocksAtOnce * geometry.tiles());
    int[] offsets = IntStream.range(0, channels).map(c -> c * inputs.row()).toArray();
    products = new TapGeometry[blocksAtOnce + 1];
    for (int b = 1; b <= blocksAtOnce; b++) {
      int tiles = b * geometry.tiles();
      products[b] =
          new TapGeometry(offsets, 1, tiles, 0, Lanes.WIDTH, 0, Lanes.WIDTH, gradients.row());
    }
    count = Lanes.blocks(filters * channels) * Lanes.WIDTH;
    sums = new float[Winograd.POSITIONS * count];
    part = new float[blocks > blocksAtOnce ? sums.length : 0];
    cells = new float[Winograd.CELLS * count];
  }

  /**
   * Computes the gradient.
   *
   * @param target where it goes, {@code [filters][channels][9]} from {@code offset} on
   */
  void run(int blocks, float[] x, float[] dy, float[] target, int offset) {
    for (int first = 0; first < blocks; first += blocksAtOnce) {
      int size = Math.min(blocksAtOnce, blocks - first);
      multiply(first, size, x, dy, first == 0 ? sums : part);
      if (first > 0) {
        Sums.add(sums, part, sums, sums.length);
      }
    }
    winograd.filterGradient(sums, cells, count);
    for (int i = 0; i < filters * channels; i++) {
      for (int cell = 0; cell < Winograd.CELLS; cell++) {
        target[offset + i * Winograd.CELLS + cell] = cells[cell * count + i];
      }
    }
  }

  private void multiply(int first, int size, float[] x, float[] dy, float[] to) {
    for (int b = 0; b < size; b++) {
      int at = b * geometry.tiles() * Lanes.WIDTH;
      for (int c = 0; c < channels; c++) {
        winograd.input(
            geometry,
            x,
            ((first + b) * channels + c) * inputPlane,
            0,
            geometry.tiles(),
            inputs.values(),
            c * inputs.row() + at,
            inputs.positionStride());
      }
      for (int f = 0; f < filters; f++) {
        winograd.outputGradient(
            geometry,
            dy,
            ((first + b) * filters + f) * outputPlane,
            0,
            geometry.tiles(),
            gradients.values(),
            f * gradients.row() + at,
            gradients.positionStride());
      }
    }
    for (int position = 0; position < Winograd.POSITIONS; position++) {
      kernels.productGradient(
          products[size],
          1,
          0,
          0,
          filters,
          inputs.values(),
          position * inputs.positionStride(),
          gradients.values(),
          position * gradients.positionStride(),
          to,
          position * count);
    }
  }
}
