package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.panel.PanelKernels;
import dev.convoy.kernel.winograd.MapStrides;
import dev.convoy.kernel.winograd.Winograd;
import dev.convoy.kernel.winograd.WinogradGeometry;
import dev.convoy.kernel.winograd.WinogradKernels;
import java.util.Arrays;

/**
 * The gradient of 3x3 filters: {@code dW = Gᵀ [Σ (A dy Aᵀ) ⊙ (Bᵀ d B)] G} over the tiles of all
 * images: lane block by lane block, of each block panel by panel, of each panel tile by tile, of
 * each tile image by image.
 *
 * <p>Of the inputs, channels lie in the lanes, not images: so each of the 36 positions is a product
 * of matrices over tiles and images, and no lanes are left to be joined. The gradients stay as they
 * are, since each of their values is a factor for whole vectors of channels.
 */
final class WinogradWeightGradient {
  private final PanelKernels panels;
  private final WinogradKernels winograd;
  private final Workspace workspace;
  private final WinogradGeometry geometry;
  private final boolean hasEdges;
  private final int channels;
  private final int filters;
  private final MapStrides outputMaps;

  /** Planes with channels in the lanes, of the images of a lane block. */
  private final LanePlanes inputs;

  /** A panel of inputs. */
  private final TurnedTiles inputTiles;

  /** A panel of gradients. */
  private final WinogradTiles gradients;

  private final int packedFilters;
  private final int count;

  /** Makes one of what {@link WinogradProduct} is made of, whose gradient this is. */
  WinogradWeightGradient(Kernels kernels, WinogradGeometry geometry, int channels, int filters) {
    this.panels = kernels.panels();
    this.winograd = kernels.winograd();
    this.workspace = kernels.workspace();
    this.geometry = geometry;
    hasEdges = geometry.hasEdges();
    this.channels = channels;
    this.filters = filters;
    outputMaps =
        WinogradTiles.maps(filters, geometry.outputHeight() * geometry.outputWidth() * Lanes.WIDTH);
    inputs =
        new LanePlanes(
            kernels, Area.INPUT_PLANES, channels, geometry.inputHeight() * geometry.inputWidth());
    inputTiles = new TurnedTiles(workspace, inputs.groups(), inputs.stride());
    packedFilters = Pack.wholeFilters(filters);
    gradients = WinogradTiles.ofGradients(workspace, packedFilters, Pack.SIZE);
    count = Math.multiplyExact(packedFilters, inputs.width());
    workspace.reserve(Area.SUMS, Math.multiplyExact(Winograd.POSITIONS, count));
    workspace.reserve(Area.CELLS, Math.multiplyExact(Winograd.CELLS, count));
  }

  /** Begins a sum over lane blocks. */
  void begin() {
    Arrays.fill(workspace.of(Area.SUMS), 0, Winograd.POSITIONS * count, 0);
  }

  /**
   * Adds a lane block's part.
   *
   * @param block of x
   * @param dyBlock the same in dy
   */
  void add(int block, float[] x, float[] dy, int dyBlock) {
    inputs.begin(x, 0, block);
    for (int tile = 0; tile < geometry.tiles(); tile += Pack.SIZE) {
      int tiles = Math.min(Pack.SIZE, geometry.tiles() - tile);
      int end = geometry.outputRow(tile + tiles - 1) - geometry.top() + Winograd.PATCH;
      inputs.takeUpTo(Math.min(geometry.inputHeight(), end) * geometry.inputWidth());
      addPanel(dyBlock, dy, tile, tiles);
    }
  }

  /**
   * Stores what was summed.
   *
   * @param target where it goes, {@code [filters][channels][9]} from {@code offset} on
   */
  void end(float[] target, int offset) {
    float[] cells = workspace.of(Area.CELLS);
    winograd.filterGradient(workspace.of(Area.SUMS), cells, count);
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

  private void addPanel(int block, float[] dy, int firstTile, int tiles) {
    for (int group = 0; group < inputs.groups(); group++) {
      winograd.input(
          geometry,
          inputTiles.images(group),
          inputs.values(),
          inputs.plane(group, 0),
          firstTile,
          tiles,
          inputTiles.values(),
          inputTiles.offset(group),
          inputTiles.layout(group),
          0);
    }
    winograd.outputGradient(
        geometry,
        outputMaps,
        dy,
        block * filters * outputMaps.plane(),
        firstTile,
        tiles,
        gradients.values(),
        gradients.offset(),
        gradients.layout(),
        0);
    for (int position = 0; position < Winograd.POSITIONS; position++) {
      int having = hasEdges ? geometry.having(firstTile, tiles, position) : tiles;
      if (having > 0) {
        panels.addGradient(
            packedFilters,
            inputs.groups(),
            having * Lanes.WIDTH,
            gradients.values(),
            gradients.panel(position, 0),
            inputTiles.values(),
            inputTiles.position(position),
            workspace.of(Area.SUMS),
            position * count);
      }
    }
  }
}
