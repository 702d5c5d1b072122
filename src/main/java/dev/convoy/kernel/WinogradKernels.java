package dev.convoy.kernel;

import dev.convoy.tensor.Check;

/**
 * The transforms of {@link Winograd} between planes {@code [H][W][16]} and tiles {@code
 * [36][...][tile][16]}: between them lie products of matrices, one for each of the 36 positions.
 */
public final class WinogradKernels {
  private final WinogradBackend backend;

  WinogradKernels(WinogradBackend backend) {
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
   * Transforms the inputs of tiles: {@code Bᵀ d B}; what lies outside the plane is 0.
   *
   * @param plane input of one channel, {@code [H][W][16]} from {@code planeOffset} on
   * @param layout of the target, from {@code targetOffset} on
   * @param place of the first tile in the layout; the others follow
   */
  public void input(
      WinogradGeometry geometry,
      float[] plane,
      int planeOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    Check.range(planeOffset, geometry.inputSize(), plane.length, "input plane");
    checkTiles(geometry, firstTile, tiles, target, targetOffset, layout, place, "input target");
    backend.input(
        geometry, plane, planeOffset, firstTile, tiles, target, targetOffset, layout, place);
  }

  /**
   * Transforms the products of tiles into outputs: {@code start + Aᵀ m A}; what lies outside the
   * plane is dropped.
   *
   * @param source products, laid out as {@link #input}'s target
   * @param plane output of one filter, {@code [H][W][16]} from {@code planeOffset} on
   */
  public void output(
      WinogradGeometry geometry,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float start,
      float[] plane,
      int planeOffset) {
    Check.range(planeOffset, geometry.outputSize(), plane.length, "output plane");
    checkTiles(geometry, firstTile, tiles, source, sourceOffset, layout, place, "output source");
    backend.output(
        geometry, source, sourceOffset, layout, place, firstTile, tiles, start, plane, planeOffset);
  }

  /**
   * As {@link #output}, and pools what it gives: the largest value of each square of 2x2 and which
   * it was, as {@link Kernels#maxPool} tells.
   *
   * @param geometry of outputs with an even height and width
   * @param plane pooled output of one filter, {@code [H/2][W/2][16]} from {@code planeOffset} on
   * @param winners laid out as the plane
   */
  public void pooledOutput(
      WinogradGeometry geometry,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float start,
      float[] plane,
      float[] winners,
      int planeOffset) {
    if (!geometry.hasEvenOutput()) {
      throw new IllegalArgumentException(
          "pooledOutput needs outputs of even height and width, but got "
              + geometry.outputHeight()
              + " by "
              + geometry.outputWidth());
    }
    Check.range(planeOffset, geometry.outputSize() / 4, plane.length, "pooledOutput plane");
    Check.range(planeOffset, geometry.outputSize() / 4, winners.length, "pooledOutput winners");
    checkTiles(
        geometry, firstTile, tiles, source, sourceOffset, layout, place, "pooledOutput source");
    backend.pooledOutput(
        geometry,
        source,
        sourceOffset,
        layout,
        place,
        firstTile,
        tiles,
        start,
        plane,
        winners,
        planeOffset);
  }

  /**
   * Takes the gradient of outputs back to the products of tiles: {@code A dy Aᵀ}; what lies outside
   * the plane is 0.
   *
   * @param plane gradient of one filter's output, {@code [H][W][16]} from {@code planeOffset} on
   * @param target laid out as {@link #input}'s
   */
  public void outputGradient(
      WinogradGeometry geometry,
      float[] plane,
      int planeOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    Check.range(planeOffset, geometry.outputSize(), plane.length, "outputGradient plane");
    checkTiles(
        geometry, firstTile, tiles, target, targetOffset, layout, place, "outputGradient target");
    backend.outputGradient(
        geometry, plane, planeOffset, firstTile, tiles, target, targetOffset, layout, place);
  }

  private static void checkWholeVectors(int count, String name) {
    if (count % Lanes.WIDTH != 0) {
      throw new IllegalArgumentException(
          name + " needs a count that " + Lanes.WIDTH + " divides, but got " + count);
    }
  }

  private static void checkTiles(
      WinogradGeometry geometry,
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
    Check.range(offset, layout.reach(place, tiles), values.length, name);
  }
}
