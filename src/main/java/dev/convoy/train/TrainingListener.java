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
  /** Hears of a training before its first round. */
  default void onStart(TrainingStart start) {}

  /** Hears of a round once its contributions are averaged, before the next begins. */
  default void onRound(RoundResult round) {}

  /**
   * Hears of a fault, whether training survives it or ends: before the round's {@link #onRound} if
   * it is known by then, else with the next round.
   *
   * @param round in which it was heard, from 1
   */
  default void onFault(int round, Fault fault) {}

  /** Hears of a value that became NaN or infinite: training goes back, or ends. */
  default void onNonFinite(NonFinite nonFinite) {}

  /**
   * Hears, after {@link #onRound}, what {@link dev.convoy.train.frequency.Auto} measured in the
   * rounds up to that one.
   */
  default void onFrequency(FrequencyMeasurement measurement) {}

  /** Hears of an epoch after its last round, and after the evaluation that follows it, if any. */
  default void onEpoch(EpochResult epoch) {}

  /** Hears of the end, after the last round or after the round in which training was stopped. */
  default void onEnd(TrainingSummary summary) {}
}
