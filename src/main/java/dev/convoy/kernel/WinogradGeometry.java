package dev.convoy.kernel;

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

  /** Tiles from left to right. */
  public int tileColumns() {
    return (outputWidth + Winograd.TILE - 1) / Winograd.TILE;
  }

  /** Tiles of a plane. */
  public int tiles() {
    return (outputHeight + Winograd.TILE - 1) / Winograd.TILE * tileColumns();
  }

  /** The first output row of a tile. */
  public int outputRow(int tile) {
    return tile / tileColumns() * Winograd.TILE;
  }

  /** The first output column of a tile. */
  public int outputColumn(int tile) {
    return tile % tileColumns() * Winograd.TILE;
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
