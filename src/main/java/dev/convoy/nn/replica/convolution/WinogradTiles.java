package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.winograd.MapStrides;
import dev.convoy.kernel.winograd.TileLayout;
import dev.convoy.kernel.winograd.Winograd;

/**
 * Transformed tiles of several maps: {@code [36][panels][maps][4 tiles][16]}. Positions lie a cache
 * line more apart than they need, else all would fall into the same sets of the cache.
 */
final class WinogradTiles {
  private final TileLayout layout;
  private final Workspace workspace;
  private final Area area;
  private final int offset;

  private WinogradTiles(int maps, int position, Workspace workspace, Area area, int offset) {
    layout = new TileLayout(Lanes.WIDTH, panelSize(maps), position);
    this.workspace = workspace;
    this.area = area;
    this.offset = offset;
  }

  /** Tiles of gradients. */
  static WinogradTiles ofGradients(Workspace workspace, int maps, int tiles) {
    int position = positionSize(maps, tiles);
    workspace.reserve(Area.GRADIENT_TILES, Math.multiplyExact(Winograd.POSITIONS, position));
    return new WinogradTiles(maps, position, workspace, Area.GRADIENT_TILES, Scratch.START);
  }

  /** Tiles of which one position after the other becomes one of {@link #products}. */
  static WinogradTiles factors(Workspace workspace, int channels, int filters, int tiles) {
    int position = positionSize(Math.max(channels, filters), tiles);
    workspace.reserve(Area.PRODUCT_TILES, Math.multiplyExact(Winograd.POSITIONS + 1, position));
    int offset = Scratch.START + position;
    return new WinogradTiles(channels, position, workspace, Area.PRODUCT_TILES, offset);
  }

  /**
   * Returns what these are multiplied to, in the same array, so that half of the cache is enough:
   * the products of a position lie where the factors of the position before did, which are no
   * longer needed.
   */
  WinogradTiles products(int filters) {
    int position = layout.positionStride();
    return new WinogradTiles(filters, position, workspace, area, offset - position);
  }

  private static int panelSize(int maps) {
    return Math.multiplyExact(maps, Pack.SIZE * Lanes.WIDTH);
  }

  private static int positionSize(int maps, int tiles) {
    int panels = (tiles + Pack.SIZE - 1) / Pack.SIZE;
    return Math.addExact(Math.multiplyExact(panels, panelSize(maps)), Lanes.WIDTH);
  }

  float[] values() {
    return workspace.of(area);
  }

  /** Returns where the tiles of a map lie. */
  TileLayout layout() {
    return layout;
  }

  /** Returns where the first map's first tile starts. */
  int offset() {
    return offset;
  }

  /** Returns where a panel of a position starts. */
  int panel(int position, int panel) {
    return offset + position * layout.positionStride() + panel * layout.panelStride();
  }

  /** Maps whose planes follow one another, and whose tiles lie here. */
  static MapStrides maps(int maps, int plane) {
    return new MapStrides(maps, plane, Pack.SIZE * Lanes.WIDTH);
  }
}
