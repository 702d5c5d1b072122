package dev.convoy.train;

import dev.convoy.api.PublicApi;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.frequency.FrequencyMeasurement;

/**
 * Hears how a training goes. Every call comes from the thread that drives the training, in the
 * order of what happened, and training goes on when it returns.
 */
@PublicApi
public interface TrainingListener {
  /** Before the first round. */
  default void onStart(TrainingStart start) {}

  /** After a round: its contributions are averaged, and the next has not begun. */
  default void onRound(RoundResult round) {}

  /**
   * Of a fault that training survives, or that ends it: before the round's {@link #onRound}, where
   * it is heard in time, else with the next round.
   *
   * @param round in which it was heard, from 1
   */
  default void onFault(int round, Fault fault) {}

  /** Where a value became NaN or infinite: training goes back, or ends. */
  default void onNonFinite(NonFinite nonFinite) {}

  /**
   * After {@link #onRound}, where {@link dev.convoy.train.frequency.Auto} has looked at rounds up
   * to that one.
   */
  default void onFrequency(FrequencyMeasurement measurement) {}

  /** After the last round of an epoch, and after the evaluation that follows it, if any. */
  default void onEpoch(EpochResult epoch) {}

  /** After the last round, or after the round in which training was stopped. */
  default void onEnd(TrainingSummary summary) {}
}
