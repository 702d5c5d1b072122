package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.job.BlockJob;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.Transport;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;

/**
 * Runs a round as one Spark job: one task a worker, on the partition that holds its images for the
 * round. The driver takes the contributions.
 */
public final class SparkRounds implements RoundRunner {
  private final JavaSparkContext spark;
  private TrainingPlan plan;
  private final TrainingBlocks blocks;
  private final FrozenShare frozen = new FrozenShare();
  private Broadcast<Parcel<TrainingPlan>> sharedPlan;

  private @Nullable State before;

  /** The state before the last round; absent before the first. */

  /** Tells trainings apart in executors that outlive them; no result depends on it. */
  private final String trainingId = UUID.randomUUID().toString();

  /**
   * Rounds over these blocks.
   *
   * @param blocks one in each partition, as {@link Sampler} has them
   */
  public SparkRounds(JavaSparkContext spark, TrainingPlan plan, TrainingBlocks blocks) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.sharedPlan = Transport.broadcast(spark, plan);
  }

  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    before = state;
    int[] partitions = plan.partitions(epoch, roundInEpoch);
    JavaRDD<ImageBlock> now = blocks.in(spark, plan.sampler(), epoch);
    try (SharedState shared =
        SharedState.of(
            spark, plan, state, ShardSize.ofBroadcast(plan, state.stage(plan)), frozen)) {
      WorkerTask worker = new WorkerTask(sharedPlan, shared, trainingId, epoch, roundInEpoch);
      blocks.warmUp(spark, WarmUp.of(sharedPlan, trainingId, epoch, roundInEpoch, partitions));
      spark.setJobDescription(worker.description());
      List<Contribution> results =
          BlockJob.run(spark, now, inUse(partitions), new Task(worker, partitions));
      return inWorkerOrder(partitions, results);
    } finally {
      spark.setJobDescription(null);
    }
  }

  @Override
  public void follow(TrainingPlan changed) {
    blocks.stopWarmUps();
    sharedPlan.destroy();
    plan = changed;
    sharedPlan = Transport.broadcast(spark, changed);
  }

  @Override
  public State average(List<Contribution> contributions) {
    State from = Check.present(before, "SparkRounds: a round to average");
    return plan.averaging().apply(plan, from, contributions);
  }

  private static List<Integer> inUse(int[] partitions) {
    return IntStream.of(partitions).filter(partition -> partition >= 0).boxed().toList();
  }

  private static List<Contribution> inWorkerOrder(int[] partitions, List<Contribution> results) {
    List<Contribution> contributions = new ArrayList<>();
    int next = 0;
    for (int k = 0; k < partitions.length; k++) {
      contributions.add(partitions[k] < 0 ? Contribution.none(k) : results.get(next++));
    }
    return contributions;
  }

  @Override
  public void close() {
    blocks.stopWarmUps();
    frozen.close();
    sharedPlan.destroy();
  }

  /** A worker's part of a round, sent to its images. */
  private record Task(WorkerTask worker, int[] partitions) implements BlockJob.Work<Contribution> {
    private static final long serialVersionUID = 1;

    @Override
    public Contribution on(int partition, Iterator<ImageBlock> images) {
      int k = IntStream.range(0, partitions.length).filter(i -> partitions[i] == partition).sum();
      return worker.run(k, images.next());
    }
  }
}
