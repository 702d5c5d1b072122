package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
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

  /** All filters by two vectors of a pair. */
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
      tile4x2(depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
  }

  /** All filters by a vector of a group without a partner. */
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
      tile8x1(depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
    if (f < filters) {
      tile4x1(depth, left, w + f * Pack.PANEL, right, x, target, y + f * row, row);
    }
  }

  /** 8 accumulators, 2 sources and a weight. */
  private static void tile4x2(
      int depth, float[] left, int w, float[] right, int x, float[] target, int y, int row) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      int at = x + k * PAIR;
      int from = w + k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, right, at + LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[from]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[from + Pack.PANEL]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[from + 2 * Pack.PANEL]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[from + 3 * Pack.PANEL]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
    }
    addTo(s00, target, y);
    addTo(s01, target, y + LENGTH);
    addTo(s10, target, y + row);
    addTo(s11, target, y + row + LENGTH);
    addTo(s20, target, y + 2 * row);
    addTo(s21, target, y + 2 * row + LENGTH);
    addTo(s30, target, y + 3 * row);
    addTo(s31, target, y + 3 * row + LENGTH);
  }

  /** 8 accumulators, a source and a weight: fewer would not hide the latency of products. */
  private static void tile8x1(
      int depth, float[] left, int w, float[] right, int x, float[] target, int y, int row) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      int at = x + k * Lanes.WIDTH;
      int from = w + k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, at);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[from]);
      s00 = x0.fma(w0, s00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[from + Pack.PANEL]);
      s10 = x0.fma(w1, s10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[from + 2 * Pack.PANEL]);
      s20 = x0.fma(w2, s20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[from + 3 * Pack.PANEL]);
      s30 = x0.fma(w3, s30);
      FloatVector w4 = FloatVector.broadcast(SPECIES, left[from + 4 * Pack.PANEL]);
      s40 = x0.fma(w4, s40);
      FloatVector w5 = FloatVector.broadcast(SPECIES, left[from + 5 * Pack.PANEL]);
      s50 = x0.fma(w5, s50);
      FloatVector w6 = FloatVector.broadcast(SPECIES, left[from + 6 * Pack.PANEL]);
      s60 = x0.fma(w6, s60);
      FloatVector w7 = FloatVector.broadcast(SPECIES, left[from + 7 * Pack.PANEL]);
      s70 = x0.fma(w7, s70);
    }
    addTo(s00, target, y);
    addTo(s10, target, y + row);
    addTo(s20, target, y + 2 * row);
    addTo(s30, target, y + 3 * row);
    addTo(s40, target, y + 4 * row);
    addTo(s50, target, y + 5 * row);
    addTo(s60, target, y + 6 * row);
    addTo(s70, target, y + 7 * row);
  }

  /** 4 accumulators, a source and a weight. */
  private static void tile4x1(
      int depth, float[] left, int w, float[] right, int x, float[] target, int y, int row) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      int at = x + k * Lanes.WIDTH;
      int from = w + k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, at);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[from]);
      s00 = x0.fma(w0, s00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[from + Pack.PANEL]);
      s10 = x0.fma(w1, s10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[from + 2 * Pack.PANEL]);
      s20 = x0.fma(w2, s20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[from + 3 * Pack.PANEL]);
      s30 = x0.fma(w3, s30);
    }
    addTo(s00, target, y);
    addTo(s10, target, y + row);
    addTo(s20, target, y + 2 * row);
    addTo(s30, target, y + 3 * row);
  }

  private static void addTo(FloatVector sum, float[] target, int at) {
    FloatVector.fromArray(SPECIES, target, at).add(sum).intoArray(target, at);
  }
}
