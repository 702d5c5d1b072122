package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.train.Assignment;
import dev.convoy.train.Contribution;
import dev.convoy.train.Deal;
import dev.convoy.train.RoundRunner;
import dev.convoy.train.State;
import dev.convoy.train.TrainingPlan;
import dev.convoy.train.Worker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs a round as one Spark job: one task a worker, on the partition that holds its images for the
 * round.
 */
public final class SparkRounds implements RoundRunner, AutoCloseable {
  private final JavaSparkContext spark;
  private final TrainingPlan plan;
  private final JavaRDD<ImageBlock> blocks;
  private final Broadcast<TrainingPlan> sharedPlan;

  /** Tells trainings apart in executors that outlive them; no result depends on it. */
  private final String trainingId = UUID.randomUUID().toString();

  /**
   * Rounds over these blocks.
   *
   * @param blocks one in each partition, as {@link Deal} has them
   */
  public SparkRounds(JavaSparkContext spark, TrainingPlan plan, JavaRDD<ImageBlock> blocks) {
    if (blocks.getNumPartitions() != plan.deal().partitions()) {
      throw new IllegalArgumentException(
          "The training RDD needs "
              + plan.deal().partitions()
              + " partitions, but has "
              + blocks.getNumPartitions());
    }
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.sharedPlan = spark.broadcast(plan);
  }

  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    Deal deal = plan.deal();
    int[] partitions = deal.partitions(epoch, roundInEpoch);
    spark.setJobDescription(
        "epoch "
            + epoch
            + " of "
            + plan.epochs()
            + ", round "
            + roundInEpoch
            + " of "
            + deal.roundsPerEpoch());
    Broadcast<State> sharedState = spark.broadcast(state);
    try {
      List<Contribution>[] results =
          blocks
              .mapPartitionsWithIndex(
                  new Task(sharedPlan, sharedState, trainingId, epoch, roundInEpoch, partitions),
                  true)
              .collectPartitions(IntStream.of(partitions).filter(p -> p >= 0).toArray());
      return inWorkerOrder(partitions, results);
    } finally {
      sharedState.destroy();
      spark.setJobDescription(null);
    }
  }

  private static List<Contribution> inWorkerOrder(int[] partitions, List<Contribution>[] results) {
    List<Contribution> contributions = new ArrayList<>();
    int next = 0;
    for (int k = 0; k < partitions.length; k++) {
      contributions.add(partitions[k] < 0 ? Contribution.none(k) : results[next++].get(0));
    }
    return contributions;
  }

  @Override
  public void close() {
    sharedPlan.destroy();
  }

  /** A worker's part of a round, sent to its images. */
  private record Task(
      Broadcast<TrainingPlan> plan,
      Broadcast<State> state,
      String trainingId,
      int epoch,
      int roundInEpoch,
      int[] partitions)
      implements Function2<Integer, Iterator<ImageBlock>, Iterator<Contribution>> {

    @Override
    public Iterator<Contribution> call(Integer partition, Iterator<ImageBlock> images) {
      TrainingPlan plan = this.plan.value();
      int k = IntStream.range(0, partitions.length).filter(i -> partitions[i] == partition).sum();
      Assignment assignment = plan.deal().assignment(epoch, roundInEpoch, k);
      Worker worker = WorkerPool.take(trainingId, plan);
      Contribution contribution = worker.run(state.value(), assignment, images.next());
      WorkerPool.giveBack(trainingId, worker);
      return List.of(contribution).iterator();
    }
  }
}
