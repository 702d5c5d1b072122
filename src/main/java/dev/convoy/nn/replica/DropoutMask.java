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
        // Without a branch, which no processor could foresee: the sign bit tells what is dropped.
        factors[i] = scale * (1 + (drawn(key, i) - threshold >> 31));
      }
    }
    return drops;
  }

  /** Whether the value of this number is dropped. */
  boolean isDropped(long randomKey, int index) {
    return drawn(randomKey, index) < threshold;
  }

  private static int drawn(long randomKey, int index) {
    return (int) (SeededRandom.at(randomKey, index) >>> 40);
  }

  float[] factors() {
    return factors;
  }
}
