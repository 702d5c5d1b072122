package dev.convoy.kernel.lane;

/**
 * The number of filters, tiles or lane blocks lie side by side in memory, where kernels take
 * several at once: as many as a register tile is high.
 */
public final class Pack {
  /** Filters side by side in packed weights, and lane blocks of a panel. */
  public static final int SIZE = 4;

  /** Floats of a panel's row: {@link #SIZE} lane blocks. */
  public static final int PANEL = SIZE * Lanes.WIDTH;

  private Pack() {}

  /** Returns the length of packed weights: filters rounded up to whole packs, times taps. */
  public static int floats(int filters, int taps) {
    return wholeFilters(filters) * taps;
  }

  /** Returns the number of filters rounded up to whole packs. */
  public static int wholeFilters(int filters) {
    return (filters + SIZE - 1) / SIZE * SIZE;
  }
}
