package dev.convoy.train;

import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.State;
import dev.convoy.train.score.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state that a training leaves: the best one where it is stopped early, the last one
 * elsewhere.
 */
final class BestWeights {
  private final @Nullable EarlyStopping stopping;
  private @Nullable State state;
  private @Nullable Evaluation evaluation;
  private boolean stops;

  /**
   * Begins where a training goes on.
   *
   * @param stopping decides what is best and when training stops; without it nothing is best and
   *     nothing stops
   * @param from where the training goes on
   */
  BestWeights(@Nullable EarlyStopping stopping, Checkpoint from) {
    this.stopping = stopping;
    if (stopping != null) {
      state = from.best();
      stops = stopping.stops(from.state().tests());
    }
  }

  /** Hears of the state after an epoch that was done to its end. */
  void afterEpoch(State after, @Nullable Evaluation ofIt) {
    if (stopping == null) {
      return;
    }
    if (state == null || stopping.bestEpoch(after.tests()) == after.tests().epochs()) {
      state = after.withoutOptimizerState();
      evaluation = ofIt;
    }
    stops = stopping.stops(after.tests());
  }

  /** Tells whether the training ends here. */
  boolean stops() {
    return stops;
  }

  /** Returns the best state so far, without optimizer state, if there is one. */
  @Nullable State state() {
    return state;
  }

  /** Returns the best state so far; {@code last} where there is none. */
  State stateOr(State last) {
    return state == null ? last : state;
  }

  /**
   * Returns the evaluation of {@link #stateOr}; {@code last} where nothing is best. It is absent
   * where it was made before the training went on from a checkpoint.
   */
  @Nullable Evaluation evaluationOr(@Nullable Evaluation last) {
    return state == null ? last : evaluation;
  }

  /** Returns the epoch, from 1, whose state is the best, if there is one. */
  @Nullable Integer epoch() {
    return state == null ? null : state.tests().epochs();
  }
}
