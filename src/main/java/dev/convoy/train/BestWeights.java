package dev.convoy.train;

/**
 * Keeps the state that a training leaves: the best one where it is stopped early, the last one
 * elsewhere.
 */
final class BestWeights {
  private final EarlyStopping stopping;
  private State state;
  private Evaluation test;
  private boolean stops;

  /** Without {@code stopping}, which may be {@code null}, nothing is best and nothing stops. */
  BestWeights(EarlyStopping stopping) {
    this.stopping = stopping;
  }

  /** Hears of the state after an epoch that was done to its end. */
  void afterEpoch(State after, Evaluation evaluation) {
    if (stopping == null) {
      return;
    }
    if (state == null || stopping.bestEpoch(after.tests()) == after.tests().epochs()) {
      state = after;
      test = evaluation;
    }
    stops = stopping.stops(after.tests());
  }

  /** Whether the training ends here. */
  boolean stops() {
    return stops;
  }

  /** The best state so far; {@code last} where there is none. */
  State stateOr(State last) {
    return state == null ? last : state;
  }

  /** The evaluation of the best state so far; {@code last} where there is none. */
  Evaluation testOr(Evaluation last) {
    return state == null ? last : test;
  }

  /** The epoch whose state is kept, from 1; {@code null} where there is none. */
  Integer epoch() {
    return state == null ? null : state.tests().epochs();
  }
}
