package dev.convoy.train.round;

import dev.convoy.nn.replica.ReplicaMemory;
import dev.convoy.train.score.Evaluator;

/**
 * Heap that a training needs, by what is held at once. What Spark may put on disk (cached images,
 * broadcast states, shuffled pieces) is not in it.
 */
public final class MemoryEstimate {
  /**
   * Memory of this program and of Spark itself, in a driver or an executor that does nothing yet.
   */
  private static final long BASE_BYTES = 128L << 20;

  /**
   * Memory of the parts of a state or contribution that are on their way, where it travels in
   * parts.
   */
  private static final long TRAVEL_BYTES = 64L << 20;

  private final TrainingPlan plan;
  private final boolean sharded;
  private final boolean checkpoints;
  private final boolean evaluates;

  /**
   * Estimates the memory that a plan takes.
   *
   * @param sharded whether contributions are summed on the executors
   * @param checkpoints whether some are written, beside the rounds
   * @param evaluates whether the weights are tested or validated, between the rounds
   */
  public MemoryEstimate(
      TrainingPlan plan, boolean sharded, boolean checkpoints, boolean evaluates) {
    this.plan = plan;
    this.sharded = sharded;
    this.checkpoints = checkpoints;
    this.evaluates = evaluates;
  }

  /**
   * Bytes of the driver: a state, the next one, the one that a checkpoint is written of, the best
   * one where there is early stopping, and all contributions where the driver sums them.
   */
  public long driverBytes() {
    return BASE_BYTES + heldByDriver();
  }

  /**
   * Bytes of an executor: for each task at once a replica, what the optimizer remembers, what is
   * sent, and an evaluator, which works when the replicas are idle but still there; and the weights
   * that are evaluated.
   */
  public long executorBytes(int tasks) {
    return BASE_BYTES + heldByTasks(tasks);
  }

  /** Bytes where driver and workers are one process. */
  public long localBytes(int tasks) {
    return BASE_BYTES + heldByDriver() + heldByTasks(tasks);
  }

  private long heldByDriver() {
    long states = 2L + (checkpoints ? 1 : 0) + (plan.earlyStopping() == null ? 0 : 1);
    states += plan.recovery() == null ? 0 : 1; // the one to go back to
    long contributions = sharded ? TRAVEL_BYTES : (plan.workers() + 1L) * plan.contributionBytes();
    return states * plan.stateBytes() + contributions;
  }

  private long heldByTasks(int tasks) {
    long parameters = (long) plan.network().parameterCount() * Float.BYTES;
    long trained = (long) plan.tuning().last().parameterCount() * Float.BYTES;
    long slots = plan.optimizer().slots().size() * trained;
    // A contribution to the driver is a copy, and then the bytes of it; to a shard, a view.
    boolean sendsSlots = plan.averaging() == Averaging.PARAMETERS;
    long sent = sharded ? (sendsSlots ? slots : 0) : 2 * plan.contributionBytes();
    boolean keepsStart = plan.contributions() == ContributionFormat.BFLOAT16 && sendsSlots;
    sent += keepsStart ? trained : 0;
    int atOnce = Math.min(tasks, plan.workers());
    long evaluation =
        evaluates ? tasks * Evaluator.bytes(plan.network(), Evaluator.BATCH) + parameters : 0;
    long replica = ReplicaMemory.trainingBytes(plan.network(), plan.sampler().batchSize());
    return atOnce * (replica + slots + sent) + evaluation;
  }
}
