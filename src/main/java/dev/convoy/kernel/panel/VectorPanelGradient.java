package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradients of {@link VectorPanelProduct}'s filters: tiles of filters by channels stay in registers
 * for all of a panel. All distances are known to the compiler, so that it checks the bounds of a
 * loop's reads once. Tiles of 4 filters by 4 vectors were slower: two channel groups and the panel
 * of filters fit the nearest cache together.
 */
final class VectorPanelGradient {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Channels of two groups, which lie side by side. */
  private static final int PAIR = 2 * Lanes.WIDTH;

  private VectorPanelGradient() {}

  static void add(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    int row = groups * Lanes.WIDTH;
    int paired = groups / 2 * PAIR;
    for (int c = 0; c < paired; c += PAIR) {
      int x = rightOffset + c * Pack.PANEL;
      for (int part = 0; part < PAIR; part += 2 * LENGTH) {
        int y = targetOffset + c + part;
        pair(filters, depth, left, leftOffset, right, x + part, target, y, row);
      }
    }
    if (paired < row) {
      int x = rightOffset + paired * Pack.PANEL;
      for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
        int y = targetOffset + paired + part;
        single(filters, depth, left, leftOffset, right, x + part, target, y, row);
      }
    }
  }

  /** Computes all filters by two vectors of a pair. */
  private static void pair(
      int filters,
      int depth,
      float[] left,
      int w,
      float[] right,
      int x,
      float[] target,
      int y,
      int row) {
    for (int f = 0; f < filters; f += 4) {
      VectorPanelGradientTiles.tile4x2(
          depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
  }

  /** Computes all filters by a vector of a group without a partner. */
  private static void single(
      int filters,
      int depth,
      float[] left,
      int w,
      float[] right,
      int x,
      float[] target,
      int y,
      int row) {
    int f = 0;
    for (; f + 8 <= filters; f += 8) {
      VectorPanelGradientTiles.tile8x1(
          depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
    if (f < filters) {
      VectorPanelGradientTiles.tile4x1(
          depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
  }
}
