package dev.convoy.spark.round;

import dev.convoy.train.round.Shards;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.tuning.TuningStage;

/** How large shards are; it changes no bit. */
public final class ShardSize {
  /** A shard that travels: large enough to outweigh a block's round trips, small beside a heap. */
  private static final long MOST_BYTES = 16 << 20;

  /** The least worth a shard: in a smaller one its own cost, milliseconds of a task, is most. */
  private static final long LEAST_BYTES = 1 << 20;

  /** What a task that sums a shard may hold, a piece a worker, where there are many. */
  private static final long PIECES_BYTES = 64 << 20;

  private ShardSize() {}

  /** Shards of a state that is only broadcast. */
  static Shards ofBroadcast(TrainingPlan plan, TuningStage stage) {
    return ofBytes(plan, stage, MOST_BYTES);
  }

  /**
   * Shards of the first stage that are summed each in a task.
   *
   * @param cores that run tasks
   */
  public static Shards ofSums(TrainingPlan plan, int cores) {
    return ofSums(plan, plan.tuning().stage(0), cores);
  }

  /** The same of another stage. */
  static Shards ofSums(TrainingPlan plan, TuningStage stage, int cores) {
    long byPieces = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, PIECES_BYTES / plan.workers()));
    long byCores = Math.max(LEAST_BYTES, plan.trainedBytes(stage) / cores);
    return ofBytes(plan, stage, Math.min(byPieces, byCores));
  }

  private static Shards ofBytes(TrainingPlan plan, TuningStage stage, long bytes) {
    int count = (int) Math.max(1, plan.trainedBytes(stage) / bytes);
    return Shards.atMost(count, stage.parameterCount());
  }
}
