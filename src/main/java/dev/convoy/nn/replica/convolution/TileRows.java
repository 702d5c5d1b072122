package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Prefetch;
import dev.convoy.kernel.winograd.Winograd;
import dev.convoy.kernel.winograd.WinogradGeometry;

/**
 * Fetches the rows of planes that a row of Winograd's tiles reads or writes, once its first tile
 * comes: those of all maps at once, which have been away while the rest of the batch went through.
 */
final class TileRows {
  private final Prefetch prefetch = new Prefetch();
  private final WinogradGeometry geometry;
  private Away away = Away.NOTHING;

  /** Which planes have been away from the cache; what is still there need not be fetched. */
  enum Away {
    /** None: they were just used. */
    NOTHING,
    /** Those of the outputs, last used a step or some layers ago. */
    OUTPUTS,
    /** Those of the inputs, too. */
    ALL
  }

  TileRows(WinogradGeometry geometry) {
    this.geometry = geometry;
  }

  /** Says which of the planes to come have been away. */
  void begin(Away away) {
    this.away = away;
  }

  /**
   * Fetches what tiles read.
   *
   * @param first of the tiles
   * @param offset where the first map's plane starts
   */
  void ofInputs(float[] x, int offset, int maps, int first, int tiles) {
    if (away != Away.ALL) {
      return;
    }
    int above = geometry.outputRow(first) - geometry.top();
    // The row of tiles before has fetched what both read.
    int begin = above <= 0 ? 0 : above + Winograd.PATCH - Winograd.TILE;
    int end = geometry.outputRow(first + tiles - 1) - geometry.top() + Winograd.PATCH;
    int height = geometry.inputHeight();
    fetch(x, offset, maps, first, begin, Math.min(height, end), height, geometry.inputWidth());
  }

  /** Fetches the places that tiles write to, or the gradients that they read, as above. */
  void ofOutputs(float[] y, int offset, int maps, int first, int tiles) {
    int begin = geometry.outputRow(first);
    int end = geometry.outputRow(first + tiles - 1) + Winograd.TILE;
    int height = geometry.outputHeight();
    fetch(y, offset, maps, first, begin, Math.min(height, end), height, geometry.outputWidth());
  }

  /** Takes, as {@link #ofOutputs} does, planes that hold one value for each square of 2x2. */
  void ofSquares(float[] y, int offset, int maps, int first, int tiles) {
    int begin = geometry.outputRow(first) / 2;
    int end = (geometry.outputRow(first + tiles - 1) + Winograd.TILE) / 2;
    int height = geometry.outputHeight() / 2;
    int width = geometry.outputWidth() / 2;
    fetch(y, offset, maps, first, begin, Math.min(height, end), height, width);
  }

  private void fetch(
      float[] planes, int offset, int maps, int first, int begin, int end, int height, int width) {
    if (away != Away.NOTHING && first % geometry.tileColumns() == 0 && begin < end) {
      int row = width * Lanes.WIDTH;
      prefetch.planes(planes, offset + begin * row, (end - begin) * row, maps, height * row);
    }
  }
}
