package dev.convoy.train.round;

import dev.convoy.train.fault.Fault;
import java.util.List;

/**
 * Runs all workers' parts of a round and averages their contributions: in this JVM, or on a
 * cluster.
 */
public interface RoundRunner extends AutoCloseable {
  /**
   * Runs a round and returns its contributions, in worker order. Where values are averaged on the
   * executors they stay there, and the contributions are returned without them.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  List<Contribution> run(State state, int epoch, int roundInEpoch);

  /**
   * Returns the state after the round that was run last. The runner keeps what it needs of the
   * state before that round, so that the caller need not hold two states.
   *
   * @param contributions that {@link #run} returned
   */
  State average(List<Contribution> contributions);

  /**
   * Returns the faults that were heard and repaired since the last call.
   *
   * @param all whether to wait for faults that have happened but are not yet reported
   */
  default List<Fault> faults(boolean all) {
    return List.of();
  }

  /**
   * Follows another plan from the next round on. It differs from the one so far in its frequency
   * alone.
   */
  void follow(TrainingPlan plan);

  /** Releases what it holds. */
  @Override
  default void close() {}
}
