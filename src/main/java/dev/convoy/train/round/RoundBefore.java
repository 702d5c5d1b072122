package dev.convoy.train.round;

import java.util.List;

/**
 * Runs rounds up to one, of which it shows where it starts from, and does not run it.
 *
 * @param rounds that run those before
 * @param round of the whole training, from 1
 * @param rollbacks how often training went back before it
 */
public record RoundBefore(RoundRunner rounds, int round, int rollbacks) implements RoundRunner {
  /** Ends a training where it was to be looked at. */
  public static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient State state;
    private final int epoch;
    private final int roundInEpoch;

    private Reached(State state, int epoch, int roundInEpoch) {
      super("The round before was reached", null, false, false);
      this.state = state;
      this.epoch = epoch;
      this.roundInEpoch = roundInEpoch;
    }

    /** Returns the state that the round starts from. */
    public State state() {
      return state;
    }

    /** Returns the epoch of the round, from 1. */
    public int epoch() {
      return epoch;
    }

    /** Returns the number of the round in its epoch, from 1. */
    public int roundInEpoch() {
      return roundInEpoch;
    }
  }

  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    if (state.round() + 1 == round && state.rollbacks() == rollbacks) {
      throw new Reached(state, epoch, roundInEpoch);
    }
    return rounds.run(state, epoch, roundInEpoch);
  }

  @Override
  public void follow(TrainingPlan plan) {
    rounds.follow(plan);
  }

  @Override
  public State average(List<Contribution> contributions) {
    return rounds.average(contributions);
  }
}
