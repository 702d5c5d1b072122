package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of panels in registers: tiles of 4 filters, 4 vectors wide with 32 registers (AVX-512,
 * NEON), 2 with 16 (AVX2). Unlike those of direct convolution, the taps of a panel lie at a
 * distance that the compiler knows, so that it checks the bounds of a loop's reads once; and in the
 * order in which they are read, so that a panel stays in the nearest cache for all filters.
 */
final class VectorPanelProduct {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Floats that a tile is wide: all of a row with AVX-512, one lane block with AVX2 and NEON. */
  private static final int TILE = LENGTH == Lanes.WIDTH ? Pack.PANEL : Lanes.WIDTH;

  private static final boolean TWO_VECTORS = TILE == 2 * LENGTH;

  /** Floats of three lane blocks. */
  private static final int THREE = 3 * Lanes.WIDTH;

  private VectorPanelProduct() {}

  static void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    for (int panel = 0; panel < blocks / Pack.SIZE; panel++) {
      int from = sourceOffset + panel * taps * Pack.PANEL;
      for (int f = 0; f < filters; f += Pack.SIZE) {
        int to = targetOffset + (panel * filters + f) * Pack.PANEL;
        for (int part = 0; part < Pack.PANEL; part += TILE) {
          if (TWO_VECTORS) {
            VectorPanelTiles.tile4x2(
                weights, weightsOffset + f * taps, taps, source, from + part, target, to + part);
          } else {
            VectorPanelTiles.tile4x4(
                weights, weightsOffset + f * taps, taps, source, from + part, target, to + part);
          }
        }
      }
    }
    if (blocks % Pack.SIZE != 0) {
      int panel = blocks / Pack.SIZE;
      int from = sourceOffset + panel * taps * Pack.PANEL;
      int to = targetOffset + panel * filters * Pack.PANEL;
      int used = blocks % Pack.SIZE * Lanes.WIDTH;
      part(weights, weightsOffset, filters, taps, source, from, used, target, to);
    }
  }

  /** Computes the products of all filters with two or three blocks of a panel. */
  private static void part(
      float[] weights,
      int weight,
      int filters,
      int taps,
      float[] source,
      int from,
      int used,
      float[] target,
      int to) {
    for (int f = 0; f < filters; f += Pack.SIZE) {
      int w = weight + f * taps;
      int y = to + f * Pack.PANEL;
      if (LENGTH == Lanes.WIDTH && used == THREE) {
        VectorPanelTiles.tile4x3(weights, w, taps, source, from, target, y);
      } else if (LENGTH == Lanes.WIDTH) {
        VectorPanelTiles.tile4x2(weights, w, taps, source, from, target, y);
      } else {
        for (int part = 0; part < used; part += TILE) {
          if (TWO_VECTORS) {
            VectorPanelTiles.tile4x2(weights, w, taps, source, from + part, target, y + part);
          } else {
            VectorPanelTiles.tile4x4(weights, w, taps, source, from + part, target, y + part);
          }
        }
      }
    }
  }
}
