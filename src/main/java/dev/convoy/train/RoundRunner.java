package dev.convoy.train;

import java.util.List;

/** Has all workers do their part of a round: in this JVM, or on a cluster. */
public interface RoundRunner {
  /**
   * The contributions to a round, in worker order.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  List<Contribution> run(State state, int epoch, int roundInEpoch);
}
