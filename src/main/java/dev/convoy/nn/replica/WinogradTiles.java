package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.MapStrides;
import dev.convoy.kernel.TileLayout;
import dev.convoy.kernel.Winograd;

/**
 * Transformed tiles of several maps: {@code [36][panels][maps][4 tiles][16]}. Positions lie a cache
 * line more apart than they need, else all would fall into the same sets of the cache.
 */
final class WinogradTiles {
  private final TileLayout layout;
  private final float[] values;

  WinogradTiles(int maps, int tiles) {
    int panel = Math.multiplyExact(maps, Kernels.PACK * Lanes.WIDTH);
    int position = Math.multiplyExact(panels(tiles), panel) + Lanes.WIDTH;
    layout = new TileLayout(Lanes.WIDTH, panel, position);
    values = new float[Math.multiplyExact(Winograd.POSITIONS, position)];
  }

  private static int panels(int tiles) {
    return (tiles + Kernels.PACK - 1) / Kernels.PACK;
  }

  float[] values() {
    return values;
  }

  /** Where the tiles of a map lie. */
  TileLayout layout() {
    return layout;
  }

  /** Where a panel of a position starts. */
  int panel(int position, int panel) {
    return position * layout.positionStride() + panel * layout.panelStride();
  }

  /** Maps whose planes follow one another, and whose tiles lie here. */
  static MapStrides maps(int maps, int plane) {
    return new MapStrides(maps, plane, Kernels.PACK * Lanes.WIDTH);
  }
}
