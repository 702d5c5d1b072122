package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import java.io.Serializable;

/**
 * How many steps, H, each worker makes from one averaging to the next. A round ends with its block
 * at the latest, and blocks hold a multiple of the most steps that a round may have. The order of
 * examples depends on that multiple alone, not on where rounds begin.
 */
@PublicApi
public sealed interface AveragingFrequency extends Serializable
    permits Auto, Every, PostLocal, Quadratic, Staged {
  /** The most steps that a round may have. */
  int most();

  /** Whether it follows the learning rate. */
  default boolean needsRate() {
    return false;
  }

  /** Returns the same, with as many steps at most as suit images whose batches are so large. */
  default AveragingFrequency fitting(long batchBytes) {
    return this;
  }

  /**
   * Steps of a round, from 1 to {@link #most}.
   *
   * @param epoch from 1
   * @param round of this epoch, from 1
   * @param step the first of the round, from 1, as if all rounds had been whole
   * @param rate the learning rate of this step
   */
  int steps(int epoch, int round, long step, double rate);

  /** Describes the rule in words, as in {@code every 16 steps}. */
  String description();

  /** Describes a constant number of steps, as in {@code every 16 steps}. */
  static String every(int steps) {
    return steps == 1 ? "every step" : "every " + steps + " steps";
  }
}
