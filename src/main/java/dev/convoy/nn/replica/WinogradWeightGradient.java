package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.MatrixGeometry;
import dev.convoy.kernel.TileLayout;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.WinogradGeometry;
import dev.convoy.kernel.WinogradKernels;
import java.util.Arrays;

/**
 * The gradient of 3x3 filters: {@code dW = Gᵀ [Σ (A dy Aᵀ) ⊙ (Bᵀ d B)] G} over the tiles of all
 * images, in their order.
 *
 * <p>Here channels lie in the lanes, not images: so each of the 36 positions is a product of
 * matrices over the tiles, and no lanes are left to be joined. A part of the tiles, small enough
 * for the cache, is transformed and multiplied at a time.
 */
final class WinogradWeightGradient {
  /** Tiles that are multiplied at once: of several images, or a part of one's. */
  private static final int TILES = 64;

  private final Kernels kernels;
  private final WinogradKernels winograd;
  private final WinogradGeometry geometry;
  private final int channels;
  private final int filters;

  /**
   * With channels in the lanes: planes of the images of a lane block, one group after the other.
   */
  private final LanePlanes inputs;

  private final LanePlanes gradients;
  private final int imagesAtOnce;
  private final int tilesAtOnce;
  private final int inputPosition;
  private final int gradientPosition;
  private final TileLayout inputLayout;
  private final TileLayout gradientLayout;
  private final float[] inputTiles;
  private final float[] gradientTiles;

  /** The product of a position, by how many tiles are multiplied. */
  private final MatrixGeometry[] products;

  private final int count;
  private final float[] sums;
  private final float[] cells;

  /** As {@link WinogradProduct}, whose gradient this is. */
  WinogradWeightGradient(Kernels kernels, WinogradGeometry geometry, int channels, int filters) {
    this.kernels = kernels;
    this.winograd = kernels.winograd();
    this.geometry = geometry;
    this.channels = channels;
    this.filters = filters;
    inputs = new LanePlanes(kernels, channels, geometry.inputHeight() * geometry.inputWidth());
    gradients = new LanePlanes(kernels, filters, geometry.outputHeight() * geometry.outputWidth());
    imagesAtOnce = Math.max(1, Math.min(Lanes.WIDTH, TILES / geometry.tiles()));
    tilesAtOnce = Math.min(TILES, geometry.tiles());
    int rows = imagesAtOnce * tilesAtOnce;
    inputPosition = rows * inputs.width() + Lanes.WIDTH;
    gradientPosition = rows * gradients.width() + Lanes.WIDTH;
    inputLayout = TileLayout.evenly(inputs.width(), inputPosition);
    gradientLayout = TileLayout.evenly(gradients.width(), gradientPosition);
    inputTiles = new float[Math.multiplyExact(Winograd.POSITIONS, inputPosition)];
    gradientTiles = new float[Math.multiplyExact(Winograd.POSITIONS, gradientPosition)];
    products = new MatrixGeometry[rows + 1];
    for (int depth = 1; depth <= rows; depth++) {
      products[depth] =
          new MatrixGeometry(
              gradients.width(),
              depth,
              inputs.width(),
              Kernels.PACK,
              gradients.width(),
              inputs.width(),
              inputs.width());
    }
    count = Math.multiplyExact(gradients.width(), inputs.width());
    sums = new float[Math.multiplyExact(Winograd.POSITIONS, count)];
    cells = new float[Math.multiplyExact(Winograd.CELLS, count)];
  }

  /**
   * Computes the gradient.
   *
   * @param images of the batch
   * @param target where it goes, {@code [filters][channels][9]} from {@code offset} on
   */
  void run(int images, float[] x, float[] dy, float[] target, int offset) {
    Arrays.fill(sums, 0);
    for (int block = 0; block < Lanes.blocks(images); block++) {
      inputs.take(x, block);
      gradients.take(dy, block);
      int used = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      for (int image = 0; image < used; image += imagesAtOnce) {
        int some = Math.min(imagesAtOnce, used - image);
        for (int tile = 0; tile < geometry.tiles(); tile += tilesAtOnce) {
          add(image, some, tile, Math.min(tilesAtOnce, geometry.tiles() - tile));
        }
      }
    }
    winograd.filterGradient(sums, cells, count);
    for (int f = 0; f < filters; f++) {
      for (int c = 0; c < channels; c++) {
        int to = offset + (f * channels + c) * Winograd.CELLS;
        int from = f * inputs.width() + c;
        for (int cell = 0; cell < Winograd.CELLS; cell++) {
          target[to + cell] = cells[cell * count + from];
        }
      }
    }
  }

  private void add(int firstImage, int images, int firstTile, int tiles) {
    for (int i = 0; i < images; i++) {
      for (int group = 0; group < inputs.groups(); group++) {
        winograd.input(
            geometry,
            inputs.values(),
            inputs.plane(group, firstImage + i),
            firstTile,
            tiles,
            inputTiles,
            group * Lanes.WIDTH,
            inputLayout,
            i * tiles);
      }
      for (int group = 0; group < gradients.groups(); group++) {
        winograd.outputGradient(
            geometry,
            gradients.values(),
            gradients.plane(group, firstImage + i),
            firstTile,
            tiles,
            gradientTiles,
            group * Lanes.WIDTH,
            gradientLayout,
            i * tiles);
      }
    }
    MatrixGeometry product = products[images * tiles];
    for (int position = 0; position < Winograd.POSITIONS; position++) {
      kernels.addProduct(
          product,
          gradientTiles,
          position * gradientPosition,
          inputTiles,
          position * inputPosition,
          sums,
          position * count);
    }
  }
}
