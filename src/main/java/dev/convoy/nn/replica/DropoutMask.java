package dev.convoy.nn.replica;

import dev.convoy.random.SeededRandom;

/** What drops, drawn anew in each step: 0 or 1/keep for each of so many values. */
class DropoutMask {
  private final float scale;

  /** A value is dropped if the upper 24 bits of its random number lie below this. */
  private final int threshold;

  private final float[] factors;

  DropoutMask(float rate, int count) {
    this.scale = 1 / (1 - rate);
    this.threshold = Math.round(rate * (1 << 24));
    this.factors = new float[count];
  }

  /** Whether anything is dropped in this step; if so, draws the first {@code count} factors. */
  boolean draw(Step step, int count) {
    boolean drops = step.training() && threshold > 0;
    if (drops) {
      long key = step.randomKey();
      for (int i = 0; i < count; i++) {
        factors[i] = scale * kept(key, i);
      }
    }
    return drops;
  }

  /** 1 if the value of this number is kept, 0 if it is dropped. */
  int kept(long randomKey, int index) {
    int drawn = (int) (SeededRandom.at(randomKey, index) >>> 40);
    // By the sign of the difference: no processor could foresee a branch.
    return 1 + (drawn - threshold >> 31);
  }

  float[] factors() {
    return factors;
  }
}
