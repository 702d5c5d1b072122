package dev.convoy.train.round;

import dev.convoy.train.fault.Fault;
import java.util.List;

/**
 * Has all workers do their part of a round, and their contributions joined: in this JVM, or on a
 * cluster.
 */
public interface RoundRunner extends AutoCloseable {
  /**
   * The contributions to a round, in worker order; without their values where these stay where they
   * are until they are averaged.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  List<Contribution> run(State state, int epoch, int roundInEpoch);

  /**
   * The state after the round that was run last. What is needed of the state before it the runner
   * has kept: the caller need not hold two of them.
   *
   * @param contributions that {@link #run} returned
   */
  State average(List<Contribution> contributions);

  /**
   * What went wrong since this was last asked, and was repaired.
   *
   * @param all whether to wait for what is known already but not yet told
   */
  default List<Fault> faults(boolean all) {
    return List.of();
  }

  /**
   * Has the rounds from the next one on be those of another plan, which differs from the one so far
   * in its frequency alone.
   */
  void follow(TrainingPlan plan);

  /** Lets go of what it holds. */
  @Override
  default void close() {}
}
