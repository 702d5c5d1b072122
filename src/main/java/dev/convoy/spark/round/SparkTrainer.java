package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.nn.Weights;
import dev.convoy.spark.use.SparkEvaluator;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.Checkpointing;
import dev.convoy.train.HeldOut;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Trains on Spark: reads the images into the cache, then runs every round as a job. */
public final class SparkTrainer {
  private final JavaSparkContext spark;
  private final TrainingBlocks trainingBlocks;
  private final @Nullable JavaRDD<ImageBlock> validationBlocks;
  private final @Nullable JavaRDD<ImageBlock> testBlocks;
  private final Aggregation reduction;

  /**
   * A trainer on these images.
   *
   * @param trainingBlocks as {@link dev.convoy.spark.block.BlockRdd#sampled} gives them
   * @param testBlocks as {@link dev.convoy.spark.block.BlockRdd#inOrder} gives them; absent without
   *     test data
   */
  public SparkTrainer(
      JavaSparkContext spark,
      JavaRDD<ImageBlock> trainingBlocks,
      @Nullable JavaRDD<ImageBlock> testBlocks) {
    this(spark, TrainingBlocks.always(trainingBlocks), testBlocks, Aggregation.AUTO);
  }

  /** A trainer on these images whose contributions are summed there. */
  public SparkTrainer(
      JavaSparkContext spark,
      TrainingBlocks trainingBlocks,
      @Nullable JavaRDD<ImageBlock> testBlocks,
      Aggregation reduction) {
    this(spark, trainingBlocks, null, testBlocks, reduction);
  }

  /**
   * The same with validation data, which are evaluated after each epoch in place of the test data.
   */
  public SparkTrainer(
      JavaSparkContext spark,
      TrainingBlocks trainingBlocks,
      @Nullable JavaRDD<ImageBlock> validationBlocks,
      @Nullable JavaRDD<ImageBlock> testBlocks,
      Aggregation reduction) {
    this.spark = spark;
    this.validationBlocks = validationBlocks;
    this.reduction = reduction;
    this.trainingBlocks = trainingBlocks;
    this.testBlocks = testBlocks;
  }

  /**
   * What a training left.
   *
   * @param state that is kept: after the last round, or the best where there is early stopping
   * @param test evaluation of this state; absent without test data
   * @param summary as listeners heard it
   * @param plan that was followed: the one given, with the steps of rounds that were chosen
   */
  public record Result(
      State state, @Nullable Evaluation test, TrainingSummary summary, TrainingPlan plan) {}

  /** Trains from these weights, without checkpoints. */
  public Result train(
      TrainingPlan plan, Weights weights, TrainingListener listener, BooleanSupplier stop) {
    return train(plan, () -> Checkpoint.initial(plan, weights), Checkpointing.NONE, listener, stop);
  }

  /**
   * Trains.
   *
   * @param from where to go on; asked once, so that nobody need keep a state that is used up
   * @param checkpoints offered one after each round
   * @param stop asked between rounds
   */
  public Result train(
      TrainingPlan plan,
      Supplier<Checkpoint> from,
      Checkpointing checkpoints,
      TrainingListener listener,
      BooleanSupplier stop) {
    HeldOut heldOut =
        new HeldOut(
            evaluator(plan, "validation images", validationBlocks),
            evaluator(plan, "test images", testBlocks));
    try (FaultWatch watch = FaultWatch.on(spark);
        RoundRunner rounds = new WatchedRounds(rounds(plan), watch)) {
      Trainer trainer = new Trainer(plan, rounds, heldOut, listener, stop, checkpoints);
      State state = trainer.run(started(plan, from));
      return new Result(state, trainer.keptTest(), trainer.summary(), trainer.followed());
    } finally {
      release();
    }
  }

  /** Lets go of all blocks that are cached: an application may go on for long. */
  private void release() {
    trainingBlocks.release();
    for (JavaRDD<ImageBlock> blocks : Arrays.asList(validationBlocks, testBlocks)) {
      if (blocks != null) {
        blocks.unpersist(false);
      }
    }
  }

  private @Nullable SparkEvaluator evaluator(
      TrainingPlan plan, String name, @Nullable JavaRDD<ImageBlock> blocks) {
    if (blocks == null) {
      return null;
    }
    read("reading " + name, blocks);
    return new SparkEvaluator(spark, plan.network(), plan.normalization(), plan.loss(), blocks);
  }

  /** Reads the blocks of its epoch; nobody here keeps it. */
  private Checkpoint started(TrainingPlan plan, Supplier<Checkpoint> from) {
    Checkpoint start = from.get();
    trainingBlocks.in(spark, plan.sampler(), start.epoch());
    return start;
  }

  private RoundRunner rounds(TrainingPlan plan) {
    return reduction.isSharded(plan)
        ? new ShardedRounds(spark, plan, trainingBlocks)
        : new SparkRounds(spark, plan, trainingBlocks);
  }

  private void read(String description, JavaRDD<ImageBlock> blocks) {
    spark.setJobDescription(description);
    blocks.count();
    spark.setJobDescription(null);
  }
}
