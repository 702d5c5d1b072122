package dev.convoy.kernel.vector;

import dev.convoy.kernel.TileLayout;
import dev.convoy.kernel.WinogradBackend;
import dev.convoy.kernel.WinogradGeometry;

/** The transforms on vectors, each with buffers of its own. */
final class VectorWinograd implements WinogradBackend {
  private final WinogradFilters filters = new WinogradFilters();
  private final WinogradInput input = new WinogradInput();
  private final WinogradOutput output = new WinogradOutput();
  private final WinogradOutputGradient outputGradient = new WinogradOutputGradient();

  @Override
  public void filters(float[] cells, float[] target, int count) {
    filters.transform(cells, target, count);
  }

  @Override
  public void filterGradient(float[] source, float[] cells, int count) {
    filters.gradient(source, cells, count);
  }

  @Override
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
    input.transform(
        geometry, plane, planeOffset, firstTile, tiles, target, targetOffset, layout, place);
  }

  @Override
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
    output.transform(
        geometry, source, sourceOffset, layout, place, firstTile, tiles, start, plane, planeOffset);
  }

  @Override
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
    output.transformAndPool(
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

  @Override
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
    outputGradient.transform(
        geometry, plane, planeOffset, firstTile, tiles, target, targetOffset, layout, place);
  }
}
