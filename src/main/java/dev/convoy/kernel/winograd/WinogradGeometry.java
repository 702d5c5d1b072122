package dev.convoy.kernel.winograd;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.tensor.Check;

/**
 * Tiles of 4x4 outputs over a plane, row by row; the last of a row or column may reach beyond.
 *
 * @param inputHeight rows of an input plane
 * @param inputWidth columns of an input plane
 * @param outputHeight rows of an output plane
 * @param outputWidth columns of an output plane
 * @param top rows of zeros that the filters see above the input, 0 to 2
 * @param left columns of zeros that they see before it, 0 to 2
 */
public record WinogradGeometry(
    int inputHeight, int inputWidth, int outputHeight, int outputWidth, int top, int left) {

  public WinogradGeometry {
    Check.positive(inputHeight, "WinogradGeometry.inputHeight");
    Check.positive(inputWidth, "WinogradGeometry.inputWidth");
    Check.positive(outputHeight, "WinogradGeometry.outputHeight");
    Check.positive(outputWidth, "WinogradGeometry.outputWidth");
    if (top < 0 || top >= Winograd.FILTER || left < 0 || left >= Winograd.FILTER) {
      throw new IllegalArgumentException(
          "WinogradGeometry needs top and left from 0 to 2, but got " + top + " and " + left);
    }
  }

  /** Tells whether some tiles lack some positions. */
  public boolean hasEdges() {
    return hasShortRow() || hasNarrowColumn();
  }

  /** Tiles from left to right. */
  public int tileColumns() {
    return (outputWidth + Winograd.TILE - 1) / Winograd.TILE;
  }

  /** Tiles of a plane. */
  public int tiles() {
    return (outputHeight + Winograd.TILE - 1) / Winograd.TILE * tileColumns();
  }

  /** Tells whether the tiles of the last row are short: two outputs high. */
  private boolean hasShortRow() {
    return leavesShort(outputHeight);
  }

  /** Tells whether the last tile of each row is narrow: two outputs wide. */
  private boolean hasNarrowColumn() {
    return leavesShort(outputWidth);
  }

  /**
   * Tells whether whole tiles leave no more of a side than a short one covers; if rows of tiles are
   * whole panels, so that a panel's tiles agree in their height, and the last alone is narrow.
   */
  private boolean leavesShort(int side) {
    int rest = side % Winograd.TILE;
    return rest > 0 && rest <= Winograd.SHORT_TILE && tileColumns() % Pack.SIZE == 0;
  }

  /** Tells whether a tile is two outputs high. */
  public boolean isShort(int tile) {
    return hasShortRow() && outputRow(tile) + Winograd.TILE > outputHeight;
  }

  /** Tells whether a tile is two outputs wide. */
  public boolean isNarrow(int tile) {
    return hasNarrowColumn() && outputColumn(tile) + Winograd.TILE > outputWidth;
  }

  /**
   * Returns how many tiles of a panel have one of the 36 positions, which are its first: short ones
   * have those of rows 0, 1, 2 and 5, narrow ones those of such columns.
   *
   * @param tiles of the panel, from {@code first} on
   */
  public int having(int first, int tiles, int position) {
    if (Winograd.isFar(position / Winograd.PATCH) && isShort(first)) {
      return 0;
    }
    boolean lacks = Winograd.isFar(position % Winograd.PATCH) && isNarrow(first + tiles - 1);
    return lacks ? tiles - 1 : tiles;
  }

  /** Returns the first output row of a tile. */
  public int outputRow(int tile) {
    return tile / tileColumns() * Winograd.TILE;
  }

  /** Returns the first output column of a tile. */
  public int outputColumn(int tile) {
    return tile % tileColumns() * Winograd.TILE;
  }

  /** Returns how many of so many tiles from {@code first} on lie in its row. */
  public int run(int first, int tiles) {
    return Math.min(tiles, tileColumns() - first % tileColumns());
  }

  /** Tells whether squares of 2x2 cover the outputs; none of them then lies in two tiles. */
  public boolean hasEvenOutput() {
    return outputHeight % 2 == 0 && outputWidth % 2 == 0;
  }

  /** Floats of an input plane. */
  int inputSize() {
    return inputHeight * inputWidth * Lanes.WIDTH;
  }

  /** Floats of an output plane. */
  int outputSize() {
    return outputHeight * outputWidth * Lanes.WIDTH;
  }
}
