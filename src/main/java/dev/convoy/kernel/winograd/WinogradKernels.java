package dev.convoy.kernel.winograd;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * The transforms of {@link Winograd} between planes {@code [H][W][16]} and tiles {@code
 * [36][...][tile][16]}: between them lie products of matrices, one for each of the 36 positions.
 */
public final class WinogradKernels {
  private final WinogradBackend backend;

  /** Checks what goes to this implementation. */
  public WinogradKernels(WinogradBackend backend) {
    this.backend = backend;
  }

  /**
   * Transforms filters: {@code G g Gᵀ}, of {@code count} filters side by side.
   *
   * @param cells {@code [9][count]}
   * @param target {@code [36][count]}, overwritten
   * @param count a multiple of {@link Lanes#WIDTH}
   */
  public void filters(float[] cells, float[] target, int count) {
    checkWholeVectors(count, "filters");
    Check.range(0, (long) Winograd.CELLS * count, cells.length, "filters cells");
    Check.range(0, (long) Winograd.POSITIONS * count, target.length, "filters target");
    backend.filters(cells, target, count);
  }

  /**
   * Takes the gradient by transformed filters back to the filters: {@code Gᵀ u G}.
   *
   * @param source {@code [36][count]}
   * @param cells {@code [9][count]}, overwritten
   * @param count a multiple of {@link Lanes#WIDTH}
   */
  public void filterGradient(float[] source, float[] cells, int count) {
    checkWholeVectors(count, "filterGradient");
    Check.range(0, (long) Winograd.CELLS * count, cells.length, "filterGradient cells");
    Check.range(0, (long) Winograd.POSITIONS * count, source.length, "filterGradient source");
    backend.filterGradient(source, cells, count);
  }

  /**
   * Transforms the inputs of tiles: {@code Bᵀ d B}; what lies outside the plane is 0. In positions
   * that a tile lacks, anything may stand.
   *
   * @param maps the channels
   * @param planes input of the channels, each {@code [H][W][16]}, from {@code planesOffset} on
   * @param layout of a channel's part of the target, which begins at {@code targetOffset}
   * @param place of the first tile in the layout; the others follow
   */
  public void input(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    long reach = maps.planesReach(geometry.inputSize());
    Check.range(planesOffset, reach, planes.length, "input planes");
    checkTiles(
        geometry, maps, firstTile, tiles, target, targetOffset, layout, place, "input target");
    backend.input(
        geometry,
        maps,
        planes,
        planesOffset,
        firstTile,
        tiles,
        target,
        targetOffset,
        layout,
        place);
  }

  /**
   * Transforms the products of tiles into outputs: {@code start + Aᵀ m A}; what lies outside the
   * plane is dropped.
   *
   * @param source products, laid out as {@link #input}'s target
   * @param maps the filters
   * @param start of each filter
   * @param planes output of the filters, each {@code [H][W][16]}, from {@code planesOffset} on
   */
  public void output(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float[] start,
      float[] planes,
      int planesOffset) {
    long reach = maps.planesReach(geometry.outputSize());
    Check.range(planesOffset, reach, planes.length, "output planes");
    Check.range(0, maps.maps(), start.length, "output start");
    checkTiles(
        geometry, maps, firstTile, tiles, source, sourceOffset, layout, place, "output source");
    backend.output(
        geometry,
        maps,
        source,
        sourceOffset,
        layout,
        place,
        firstTile,
        tiles,
        start,
        planes,
        planesOffset);
  }

  /**
   * Transforms as {@link #output} does, and pools what it gives: the largest value of each square
   * of 2x2 and which it was, as {@link dev.convoy.kernel.pool.PoolKernels#maxPool} tells.
   *
   * @param geometry of outputs with an even height and width
   * @param planes pooled output of the filters, each {@code [H/2][W/2][16]}
   * @param winners laid out as the planes
   */
  public void pooledOutput(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float[] start,
      float[] planes,
      float[] winners,
      int planesOffset) {
    if (!geometry.hasEvenOutput()) {
      throw new IllegalArgumentException(
          "pooledOutput needs outputs of even height and width, but got "
              + geometry.outputHeight()
              + " by "
              + geometry.outputWidth());
    }
    long reach = maps.planesReach(geometry.outputSize() / 4);
    Check.range(planesOffset, reach, planes.length, "pooledOutput planes");
    Check.range(planesOffset, reach, winners.length, "pooledOutput winners");
    Check.range(0, maps.maps(), start.length, "pooledOutput start");
    checkTiles(
        geometry,
        maps,
        firstTile,
        tiles,
        source,
        sourceOffset,
        layout,
        place,
        "pooledOutput source");
    backend.pooledOutput(
        geometry,
        maps,
        source,
        sourceOffset,
        layout,
        place,
        firstTile,
        tiles,
        start,
        planes,
        winners,
        planesOffset);
  }

  /**
   * Takes the gradient of outputs back to the products of tiles: {@code A dy Aᵀ}; what lies outside
   * the plane is 0. In positions that a tile lacks, anything may stand.
   *
   * @param maps the filters
   * @param planes gradient of the filters' outputs, each {@code [H][W][16]}
   * @param target laid out as {@link #input}'s
   */
  public void outputGradient(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    long reach = maps.planesReach(geometry.outputSize());
    Check.range(planesOffset, reach, planes.length, "outputGradient planes");
    checkTiles(
        geometry,
        maps,
        firstTile,
        tiles,
        target,
        targetOffset,
        layout,
        place,
        "outputGradient target");
    backend.outputGradient(
        geometry,
        maps,
        planes,
        planesOffset,
        firstTile,
        tiles,
        target,
        targetOffset,
        layout,
        place);
  }

  private static void checkWholeVectors(int count, String name) {
    if (count % Lanes.WIDTH != 0) {
      throw new IllegalArgumentException(
          name + " needs a count that " + Lanes.WIDTH + " divides, but got " + count);
    }
  }

  private static void checkTiles(
      WinogradGeometry geometry,
      MapStrides maps,
      int firstTile,
      int tiles,
      float[] values,
      int offset,
      TileLayout layout,
      int place,
      String name) {
    if (firstTile < 0 || tiles < 0 || firstTile + (long) tiles > geometry.tiles()) {
      // Only here, since a name put together would be made in every call.
      Check.range(firstTile, tiles, geometry.tiles(), name + "'s tiles");
    }
    Check.range(offset, maps.tilesReach(layout.reach(place, tiles)), values.length, name);
  }
}
