package dev.convoy.train;

import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.State;
import dev.convoy.train.score.Evaluation;

/**
 * Keeps the state that a training leaves: the best one where it is stopped early, the last one
 * elsewhere.
 */
final class BestWeights {
  private final EarlyStopping stopping;
  private State state;
  private Evaluation test;
  private boolean stops;

  /**
   * Without {@code stopping}, which may be {@code null}, nothing is best and nothing stops.
   *
   * @param from where the training goes on
   */
  BestWeights(EarlyStopping stopping, Checkpoint from) {
    this.stopping = stopping;
    if (stopping != null) {
      state = from.best();
      stops = stopping.stops(from.state().tests());
    }
  }

  /** Hears of the state after an epoch that was done to its end. */
  void afterEpoch(State after, Evaluation evaluation) {
    if (stopping == null) {
      return;
    }
    if (state == null || stopping.bestEpoch(after.tests()) == after.tests().epochs()) {
      state = after.withoutOptimizerState();
      test = evaluation;
    }
    stops = stopping.stops(after.tests());
  }

  /** Whether the training ends here. */
  boolean stops() {
    return stops;
  }

  /** The best state so far, without optimizer state; {@code null} where there is none. */
  State state() {
    return state;
  }

  /** The best state so far; {@code last} where there is none. */
  State stateOr(State last) {
    return state == null ? last : state;
  }

  /**
   * The evaluation of {@link #stateOr}; {@code last} where nothing is best. {@code null} where it
   * was made before the training went on from a checkpoint.
   */
  Evaluation testOr(Evaluation last) {
    return state == null ? last : test;
  }

  /** The epoch whose state is kept, from 1; {@code null} where there is none. */
  Integer epoch() {
    return state == null ? null : state.tests().epochs();
  }
}
