package dev.convoy.train;

import dev.convoy.nn.Weights;

/**
 * Where a training stands between two rounds: with the plan and the data, all that it goes on from.
 * Nothing in it is ever changed, so that it can be written while the next round computes.
 *
 * @param state that the next round starts from
 * @param epoch of the next round, from 1; one more than there are after the last round of all
 * @param epochSums over the rounds of this epoch so far
 * @param sums over all rounds so far
 * @param best state after an epoch so far, which keeps no optimizer state: no round starts from it;
 *     {@code null} without early stopping, and before the first epoch's end
 */
public record Checkpoint(State state, int epoch, RoundSums epochSums, RoundSums sums, State best) {

  /** Before the first round, with these weights. */
  public static Checkpoint initial(TrainingPlan plan, Weights weights) {
    return of(State.initial(plan, weights));
  }

  /** Before the first round, with this state. */
  static Checkpoint of(State first) {
    return new Checkpoint(first, 1, RoundSums.NONE, RoundSums.NONE, null);
  }

  /** Rounds done so far. */
  public int round() {
    return state.round();
  }

  /** Rounds of the running epoch that are done. */
  public int roundInEpoch() {
    return (int) epochSums.rounds();
  }

  /** After a round more. */
  Checkpoint afterRound(State after, RoundSums round) {
    return new Checkpoint(after, epoch, epochSums.plus(round), sums.plus(round), best);
  }

  /** The same at the start of the next epoch. */
  Checkpoint afterEpoch(State tested, State bestSoFar) {
    return new Checkpoint(tested, epoch + 1, RoundSums.NONE, sums, bestSoFar);
  }
}
