package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of {@link MatrixProduct} for a single vector of columns: 8 rows high, since 4 would leave
 * too few sums under way to hide the multiplier's latency.
 */
final class TallTile {
  /** Rows of a tile: two groups of four. */
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

  private TallTile() {}

  /** 8 accumulators, a source and a weight. */
  static void add(
      int depth,
      float[] left,
      int upper,
      int lower,
      int leftStep,
      float[] right,
      int x,
      int rightStep,
      float[] target,
      int y,
      int row) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, right, x);
      FloatVector w0 = FloatVector.broadcast(SPECIES, left[upper]);
      s00 = x0.fma(w0, s00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, left[upper + 1]);
      s10 = x0.fma(w1, s10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, left[upper + 2]);
      s20 = x0.fma(w2, s20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, left[upper + 3]);
      s30 = x0.fma(w3, s30);
      FloatVector w4 = FloatVector.broadcast(SPECIES, left[lower]);
      s40 = x0.fma(w4, s40);
      FloatVector w5 = FloatVector.broadcast(SPECIES, left[lower + 1]);
      s50 = x0.fma(w5, s50);
      FloatVector w6 = FloatVector.broadcast(SPECIES, left[lower + 2]);
      s60 = x0.fma(w6, s60);
      FloatVector w7 = FloatVector.broadcast(SPECIES, left[lower + 3]);
      s70 = x0.fma(w7, s70);
      x += rightStep;
      upper += leftStep;
      lower += leftStep;
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

  private static void addTo(FloatVector sum, float[] target, int at) {
    FloatVector.fromArray(SPECIES, target, at).add(sum).intoArray(target, at);
  }
}
