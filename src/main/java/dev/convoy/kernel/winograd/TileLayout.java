package dev.convoy.kernel.winograd;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;

/**
 * The places of transformed tiles: by panels of {@link Pack#SIZE} tiles.
 *
 * @param tileStride from one tile of a panel to the next
 * @param panelStride from one panel to the next
 * @param positionStride from one of a tile's 36 positions to the next
 */
public record TileLayout(int tileStride, int panelStride, int positionStride) {

  /** Lays tiles one after the other, without regard to panels. */
  public static TileLayout evenly(int tileStride, int positionStride) {
    return new TileLayout(tileStride, Pack.SIZE * tileStride, positionStride);
  }

  /** Returns the distance from the first tile to another. */
  public int at(int tile) {
    return tile / Pack.SIZE * panelStride + tile % Pack.SIZE * tileStride;
  }

  /**
   * Returns one past the last float of so many tiles from {@code first} on, from the first tile.
   */
  long reach(int first, int tiles) {
    long farthest = 0;
    for (int tile = Math.max(first, first + tiles - Pack.SIZE); tile < first + tiles; tile++) {
      farthest =
          Math.max(
              farthest,
              (long) tile / Pack.SIZE * panelStride + (long) tile % Pack.SIZE * tileStride);
    }
    return (Winograd.POSITIONS - 1L) * positionStride + farthest + Lanes.WIDTH;
  }
}
