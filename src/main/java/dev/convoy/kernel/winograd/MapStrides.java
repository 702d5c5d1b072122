package dev.convoy.kernel.winograd;

/**
 * The places of several maps that are transformed alike.
 *
 * @param maps how many
 * @param plane from one map's plane to the next
 * @param tiles from one map's transformed tiles to the next
 */
public record MapStrides(int maps, int plane, int tiles) {
  /** Returns one past the last float of the planes, from the first on. */
  long planesReach(int planeSize) {
    return maps == 0 ? 0 : (maps - 1L) * plane + planeSize;
  }

  /** Returns one past the last float of all tiles, where those of a map reach so far. */
  long tilesReach(long reach) {
    return maps == 0 ? 0 : (maps - 1L) * tiles + reach;
  }
}
