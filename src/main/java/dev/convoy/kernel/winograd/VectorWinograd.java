package dev.convoy.kernel.winograd;

/** The transforms on vectors, each with buffers of its own. */
public final class VectorWinograd implements WinogradBackend {
  private final VectorWinogradFilters filters = new VectorWinogradFilters();
  private final VectorWinogradInput input = new VectorWinogradInput();
  private final VectorWinogradOutput output = new VectorWinogradOutput();
  private final VectorWinogradOutputGradient outputGradient = new VectorWinogradOutputGradient();

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
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    input.transform(
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

  @Override
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
    output.transform(
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

  @Override
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
    output.transformAndPool(
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

  @Override
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
    outputGradient.transform(
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
}
