package dev.convoy.kernel.winograd;

/**
 * The transforms of {@link Winograd} on raw arrays, behind {@link WinogradKernels}, which has
 * checked the arguments. Every implementation gives the same bits.
 */
public interface WinogradBackend {
  /** See {@link WinogradKernels#filters}. */
  void filters(float[] cells, float[] target, int count);

  /** See {@link WinogradKernels#filterGradient}. */
  void filterGradient(float[] source, float[] cells, int count);

  /** See {@link WinogradKernels#input}. */
  void input(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place);

  /** See {@link WinogradKernels#output}. */
  void output(
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
      int planesOffset);

  /** See {@link WinogradKernels#pooledOutput}. */
  void pooledOutput(
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
      int planesOffset);

  /** See {@link WinogradKernels#outputGradient}. */
  void outputGradient(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place);
}
