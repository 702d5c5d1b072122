package dev.convoy.nn.replica;

import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.Winograd;

/**
 * Transformed tiles of several maps: {@code [36][maps][tiles][16]}. Positions lie a cache line more
 * apart than they need, else all would fall into the same sets of the cache.
 */
final class WinogradTiles {
  private final int row;
  private final int positionStride;
  private final float[] values;

  WinogradTiles(int maps, int tiles) {
    row = tiles * Lanes.WIDTH;
    positionStride = maps * row + Lanes.WIDTH;
    values = new float[Math.multiplyExact(Winograd.POSITIONS, positionStride)];
  }

  float[] values() {
    return values;
  }

  /** From one position of a tile to the next. */
  int positionStride() {
    return positionStride;
  }

  /** From one map to the next. */
  int row() {
    return row;
  }
}
