package dev.convoy.train;

import dev.convoy.nn.Weights;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * The point at which a training stands between two rounds: with the plan and the data, all that it
 * goes on from. Nothing in it is ever changed, so that it can be written while the next round
 * computes.
 *
 * @param state that the next round starts from
 * @param epoch of the next round, from 1; one more than there are after the last round of all
 * @param epochSums over the rounds of this epoch so far
 * @param sums over all rounds so far
 * @param best state after an epoch so far, which keeps no optimizer state: no round starts from it;
 *     absent without early stopping, and before the first epoch's end
 * @param fallback where training goes back to if a value is not finite; this one where absent
 * @param choice of the steps of a round by {@link dev.convoy.train.frequency.Auto}; absent without
 *     it
 */
public record Checkpoint(
    State state,
    int epoch,
    RoundSums epochSums,
    RoundSums sums,
    @Nullable State best,
    @Nullable Checkpoint fallback,
    @Nullable FrequencyChoice choice) {

  /** A checkpoint that training goes back to itself, of a training whose rounds are by rule. */
  public Checkpoint(
      State state, int epoch, RoundSums epochSums, RoundSums sums, @Nullable State best) {
    this(state, epoch, epochSums, sums, best, null, null);
  }

  /** Returns the checkpoint before the first round, with these weights. */
  public static Checkpoint initial(TrainingPlan plan, Weights weights) {
    return of(State.initial(plan, weights));
  }

  /** Returns the checkpoint before the first round, with this state. */
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

  /** Returns the checkpoint that training goes back to from here. */
  public Checkpoint fallbackOrThis() {
    return fallback == null ? this : fallback;
  }

  /** Returns the same that goes back there, or to itself where that is absent. */
  public Checkpoint withFallback(@Nullable Checkpoint other) {
    return new Checkpoint(state, epoch, epochSums, sums, best, other, choice);
  }

  /** Returns the same to which training went back so often. */
  Checkpoint rolledBack(int times) {
    return new Checkpoint(state.rolledBack(times), epoch, epochSums, sums, best, null, choice);
  }

  /** Returns the checkpoint after one more round. */
  Checkpoint afterRound(State after, RoundSums round) {
    return new Checkpoint(
        after, epoch, epochSums.plus(round), sums.plus(round), best, fallback, choice);
  }

  /** The same at the start of the next epoch. */
  Checkpoint afterEpoch(State tested, @Nullable State bestSoFar) {
    return new Checkpoint(tested, epoch + 1, RoundSums.NONE, sums, bestSoFar, fallback, choice);
  }

  /** Returns the same with this choice. */
  public Checkpoint with(FrequencyChoice other) {
    return new Checkpoint(state, epoch, epochSums, sums, best, fallback, other);
  }

  /** The plan by which its rounds were, and those after it are. */
  public TrainingPlan followed(TrainingPlan plan) {
    return choice == null ? plan : plan.withFrequency(choice.schedule());
  }
}
