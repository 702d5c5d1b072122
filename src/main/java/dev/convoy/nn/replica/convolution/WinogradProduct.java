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
import dev.convoy.nn.replica.convolution.TileRows.Away;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of a convolution by 3x3 filters: a chunk of tiles at a time, small enough for the cache,
 * is transformed, multiplied position by position, and transformed back.
 */
final class WinogradProduct {
  /** Floats of a chunk's transformed inputs, whose place the products take, about. */
  private static final int CHUNK = 128 * 1024;

  /** A panel: a chunk of fewer would leave lanes of the registers' tiles empty. */
  private static final int LEAST_TILES = Pack.SIZE;

  private final PanelKernels panels;
  private final WinogradKernels winograd;
  private final Workspace workspace;
  private final WinogradGeometry geometry;
  private final boolean hasEdges;
  private final TileRows rows;
  private final int channels;
  private final int filters;
  private final MapStrides inputMaps;
  private final MapStrides outputMaps;
  private final MapStrides pooledMaps;
  private final int chunk;

  private final int count;

  private final boolean keepsFilters;

  /** Transformed filters; without floats before, and where they lie in the workspace. */
  private float[] kept = {};

  private final WinogradTiles inputs;
  private final WinogradTiles outputs;

  /**
   * A convolution.
   *
   * @param channels maps that it reads
   * @param filters maps that it writes
   * @param blocks lane blocks at most in a batch
   * @param keepsFilters whether filters stay as they are from step to step
   */
  WinogradProduct(
      Kernels kernels,
      WinogradGeometry geometry,
      int channels,
      int filters,
      int blocks,
      boolean keepsFilters) {
    this.panels = kernels.panels();
    this.winograd = kernels.winograd();
    this.workspace = kernels.workspace();
    this.geometry = geometry;
    hasEdges = geometry.hasEdges();
    rows = new TileRows(geometry);
    this.channels = channels;
    this.filters = filters;
    int outputPlane = geometry.outputHeight() * geometry.outputWidth() * Lanes.WIDTH;
    inputMaps =
        WinogradTiles.maps(channels, geometry.inputHeight() * geometry.inputWidth() * Lanes.WIDTH);
    outputMaps = WinogradTiles.maps(filters, outputPlane);
    pooledMaps = WinogradTiles.maps(filters, outputPlane / 4);
    int maps = Math.max(channels, Pack.wholeFilters(filters));
    int fitting = CHUNK / (Winograd.POSITIONS * maps * Lanes.WIDTH);
    int unit = geometry.tileColumns() >= LEAST_TILES ? geometry.tileColumns() : Pack.SIZE;
    chunk = Math.min(blocks * geometry.tiles(), Math.max(LEAST_TILES, fitting / unit * unit));
    inputs = WinogradTiles.factors(workspace, channels, Pack.wholeFilters(filters), chunk);
    outputs = inputs.products(Pack.wholeFilters(filters));
    count = Lanes.blocks(Pack.floats(filters, channels)) * Lanes.WIDTH;
    workspace.reserve(Area.CELLS, Winograd.CELLS * count);
    if (!keepsFilters) {
      workspace.reserve(Area.FILTERS, Winograd.POSITIONS * count);
    }
    this.keepsFilters = keepsFilters;
  }

  /**
   * Returns the array in which the caller puts the filters, {@code [9][filters/4][channels][4]}.
   */
  float[] cells() {
    return workspace.of(Area.CELLS);
  }

  /** Returns the floats that it keeps from step to step. */
  long heldFloats() {
    return keepsFilters ? (long) Winograd.POSITIONS * count : 0;
  }

  /** Returns the floats from one cell of all filters to the next. */
  int count() {
    return count;
  }

  /** Transforms the filters, once the caller has put them there. */
  void transformFilters() {
    if (keepsFilters && kept.length == 0) {
      kept = new float[Winograd.POSITIONS * count];
    }
    winograd.filters(cells(), transformed(), count);
  }

  private float[] transformed() {
    return keepsFilters ? kept : workspace.of(Area.FILTERS);
  }

  /**
   * Computes the outputs by the filters that were transformed last.
   *
   * @param from the first lane block of x
   * @param start what is added to each filter's outputs
   * @param to the first lane block of y
   */
  void run(int blocks, float[] x, int from, float[] start, float[] y, int to, Away away) {
    rows.begin(away);
    runChunks(blocks, x, from, start, y, to, null);
  }

  /**
   * Returns how many lane blocks are worth a call of {@link #run}: tiles of fewer fill no chunk.
   */
  int blocksAtOnce() {
    return Math.max(1, chunk / geometry.tiles());
  }

  /**
   * Runs as {@link #run} does, and pools what it computes.
   *
   * @param y the largest value of each square of 2x2
   * @param winners which it was
   */
  void runAndPool(int blocks, float[] x, float[] start, float[] y, float[] winners) {
    rows.begin(blocks > 1 ? Away.ALL : Away.NOTHING);
    runChunks(blocks, x, 0, start, y, 0, winners);
  }

  private void runChunks(
      int blocks,
      float[] x,
      int from,
      float[] start,
      float[] y,
      int to,
      float @Nullable [] winners) {
    int tiles = blocks * geometry.tiles();
    for (int first = 0; first < tiles; first += chunk) {
      int size = Math.min(chunk, tiles - first);
      transform(x, from, first, size);
      for (int position = 0; position < Winograd.POSITIONS; position++) {
        multiply(position, first, size);
      }
      transformBack(first, size, start, y, to, winners);
    }
  }

  /** Multiplies the tiles from {@code first} on that have a position. */
  private void multiply(int position, int first, int size) {
    if (!hasEdges) {
      multiplyPanels(position, 0, size);
      return;
    }
    for (int tile = 0; tile < size; tile += Pack.SIZE) {
      int at = (first + tile) % geometry.tiles();
      int having = geometry.having(at, Pack.SIZE, position);
      if (having > 0) {
        multiplyPanels(position, tile / Pack.SIZE, having);
      }
    }
  }

  private void multiplyPanels(int position, int panel, int tiles) {
    panels.product(
        transformed(),
        position * count,
        Pack.wholeFilters(filters),
        channels,
        inputs.values(),
        inputs.panel(position, panel),
        tiles,
        outputs.values(),
        outputs.panel(position, panel));
  }

  private void transform(float[] x, int firstBlock, int first, int size) {
    int done = 0;
    while (done < size) {
      int block = firstBlock + (first + done) / geometry.tiles();
      int tile = (first + done) % geometry.tiles();
      int tiles = Math.min(size - done, geometry.tiles() - tile);
      int from = block * channels * inputMaps.plane();
      rows.ofInputs(x, from, channels, tile, tiles);
      winograd.input(
          geometry,
          inputMaps,
          x,
          from,
          tile,
          tiles,
          inputs.values(),
          inputs.offset(),
          inputs.layout(),
          done);
      done += tiles;
    }
  }

  private void transformBack(
      int first, int size, float[] start, float[] y, int firstBlock, float @Nullable [] winners) {
    int done = 0;
    while (done < size) {
      int block = firstBlock + (first + done) / geometry.tiles();
      int tile = (first + done) % geometry.tiles();
      int tiles = Math.min(size - done, geometry.tiles() - tile);
      if (winners == null) {
        int to = block * filters * outputMaps.plane();
        rows.ofOutputs(y, to, filters, tile, tiles);
        winograd.output(
            geometry,
            outputMaps,
            outputs.values(),
            outputs.offset(),
            outputs.layout(),
            done,
            tile,
            tiles,
            start,
            y,
            to);
      } else {
        int to = block * filters * pooledMaps.plane();
        rows.ofSquares(y, to, filters, tile, tiles);
        rows.ofSquares(winners, to, filters, tile, tiles);
        winograd.pooledOutput(
            geometry,
            pooledMaps,
            outputs.values(),
            outputs.offset(),
            outputs.layout(),
            done,
            tile,
            tiles,
            start,
            y,
            winners,
            to);
      }
      done += tiles;
    }
  }
}
