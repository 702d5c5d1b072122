package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.job.ByNumber;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.PartitionJob;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.spark.job.SomePartitions;
import dev.convoy.spark.job.Transport;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.Fold;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.Shard;
import dev.convoy.train.round.Shards;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.tuning.TuningStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Runs a round whose contributions stay on the executors: an ordinary shuffle, repaired by Spark as
 * any other, brings the pieces of each shard to one task, which folds them in worker order. The
 * driver takes reports when the workers are done, and then the shards of the next state.
 */
public final class ShardedRounds implements RoundRunner {
  /** Values of the next state that are on their way to the driver at once. */
  private static final long COLLECTED_BYTES = 64 << 20;

  private final JavaSparkContext spark;
  private TrainingPlan plan;
  private Shards shards;
  private final boolean overwrites;
  private final TrainingBlocks blocks;
  private final FrozenShare frozen = new FrozenShare();
  private Broadcast<Parcel<TrainingPlan>> sharedPlan;
  private final String trainingId = UUID.randomUUID().toString();

  /** The round that waits to be averaged, if one does. */
  private @Nullable Scattered last;

  /**
   * Rounds over these blocks.
   *
   * @param blocks one in each partition, as {@link dev.convoy.train.sampling.Sampler} has them
   */
  public ShardedRounds(JavaSparkContext spark, TrainingPlan plan, TrainingBlocks blocks) {
    this(spark, plan, blocks, ShardSize.ofSums(plan, spark.defaultParallelism()), false);
  }

  /**
   * Rounds over these blocks with these shards.
   *
   * @param overwrites whether the next state is put into the arrays of the one before, so that a
   *     driver holds one of them; nobody else may read that one after its round began. A state that
   *     travels with tasks is never overwritten: a lost one would be sent again
   */
  ShardedRounds(
      JavaSparkContext spark,
      TrainingPlan plan,
      TrainingBlocks blocks,
      Shards shards,
      boolean overwrites) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.shards = shards;
    this.overwrites = overwrites && SharedValue.isBroadcast(plan.stateBytes());
    this.sharedPlan = Transport.broadcast(spark, plan);
  }

  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    clear();
    TuningStage stage = state.stage(plan);
    if (shards.parameters() != stage.parameterCount()) {
      shards = ShardSize.ofSums(plan, stage, spark.defaultParallelism());
    }
    int[] partitions = plan.partitions(epoch, roundInEpoch);
    JavaRDD<ImageBlock> now = blocks.in(spark, plan.sampler(), epoch);
    SharedState shared = SharedState.of(spark, plan, state, shards, frozen);
    WorkerTask worker = new WorkerTask(sharedPlan, shared, trainingId, epoch, roundInEpoch);
    int[] workers = IntStream.range(0, plan.workers()).filter(k -> partitions[k] >= 0).toArray();
    JavaPairRDD<Integer, ShardPiece> pieces =
        Transport.shuffle(
            SomePartitions.of(now, partitions)
                .mapPartitionsToPair(new Scatter(worker, workers, shards)),
            new ByNumber(shards.count() + 1));
    blocks.warmUp(spark, WarmUp.of(sharedPlan, trainingId, epoch, roundInEpoch, partitions));
    boolean reuses = overwrites && stage.values().parameters().isAll();
    last =
        new Scattered(
            state.withoutValues(plan), reuses ? Shard.of(plan, state) : null, shared, pieces);
    spark.setJobDescription(worker.description());
    Contribution[] contributions = new Contribution[plan.workers()];
    Arrays.setAll(contributions, Contribution::none);
    PartitionJob.run(
        spark,
        pieces.values().mapPartitions(new Reports()),
        shards.count(),
        shards.count() + 1,
        (number, reports) -> {
          for (Contribution report : reports) {
            contributions[report.worker()] = report;
          }
        });
    return List.of(contributions);
  }

  @Override
  public void follow(TrainingPlan changed) {
    clear();
    blocks.stopWarmUps();
    sharedPlan.destroy();
    plan = changed;
    sharedPlan = Transport.broadcast(spark, changed);
  }

  @Override
  public State average(List<Contribution> contributions) {
    Scattered round = Check.present(last, "ShardedRounds: a round to average");
    Fold fold = Fold.of(plan, round.before(), contributions);
    JavaRDD<Parcel<Shard>> summed = round.pieces().values().mapPartitions(new Sum(fold));
    JavaRDD<Shard> means = summed.map(Parcel::value);
    double[] squares = {};
    if (fold.needsSquares(plan)) {
      summed.persist(StorageLevel.MEMORY_AND_DISK());
      squares = squares(fold, means);
    }
    JavaRDD<Shard> stepped =
        means.mapPartitionsWithIndex(
            new Next(sharedPlan, round.state(), shards, fold, squares), true);
    Shard room = round.room();
    Shard next = room == null ? Shard.room(plan, fold.stage(plan)) : room;
    collect(stepped, (shard, values) -> next.put(shards.from(shard), values));
    summed.unpersist(false);
    State after = fold.state(plan, round.before(), next, contributions);
    clear();
    return after;
  }

  private double[] squares(Fold fold, JavaRDD<Shard> means) {
    double[][] parts = new double[shards.count()][];
    collect(
        means.mapPartitions(new Squares(sharedPlan, fold)),
        (shard, squares) -> parts[shard] = squares);
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  /** So many shards at a time that their values are small beside a heap. */
  private <T> void collect(JavaRDD<T> rdd, BiConsumer<Integer, T> take) {
    long shardBytes = Math.max(1, plan.stateBytes() / shards.count());
    int atOnce = (int) Math.max(1, COLLECTED_BYTES / shardBytes);
    for (int from = 0; from < shards.count(); from += atOnce) {
      PartitionJob.run(spark, rdd, from, Math.min(shards.count(), from + atOnce), take);
    }
  }

  private void clear() {
    if (last != null) {
      last.pieces().rdd().cleanShuffleDependencies(false);
      last.state().close();
      last = null;
      spark.setJobDescription(null);
    }
  }

  @Override
  public void close() {
    clear();
    blocks.stopWarmUps();
    frozen.close();
    sharedPlan.destroy();
  }

  /**
   * Contributions in pieces, waiting to be averaged.
   *
   * @param before the state before the round, without its values
   * @param room for the next state, if that of the one before may be used
   */
  private record Scattered(
      State before,
      @Nullable Shard room,
      SharedState state,
      JavaPairRDD<Integer, ShardPiece> pieces) {}

  /** Has a worker do its part, and cuts what it contributes; its report goes to a place beside. */
  private record Scatter(WorkerTask worker, int[] workers, Shards shards)
      implements PairFlatMapFunction<Iterator<ImageBlock>, Integer, ShardPiece> {
    @Override
    public Iterator<Tuple2<Integer, ShardPiece>> call(Iterator<ImageBlock> images) {
      int k = workers[TaskContext.getPartitionId()];
      Contribution contribution = worker.runInPlace(k, images.next());
      Tuple2<Integer, ShardPiece> report =
          new Tuple2<>(shards.count(), ShardPiece.report(contribution));
      if (contribution.examples() == 0) {
        return List.of(report).iterator();
      }
      return Stream.concat(
              Stream.of(report),
              IntStream.range(0, shards.count()).mapToObj(shard -> piece(contribution, shard)))
          .iterator();
    }

    private Tuple2<Integer, ShardPiece> piece(Contribution contribution, int shard) {
      return new Tuple2<>(shard, ShardPiece.of(contribution, shards.from(shard), shards.to(shard)));
    }
  }

  /** All workers' reports. */
  private record Reports() implements FlatMapFunction<Iterator<ShardPiece>, List<Contribution>> {
    @Override
    public Iterator<List<Contribution>> call(Iterator<ShardPiece> pieces) {
      List<Contribution> reports = new ArrayList<>();
      pieces.forEachRemaining(piece -> reports.add(piece.report()));
      return List.of(reports).iterator();
    }
  }

  /** The mean of a shard's pieces: in which order they arrive does not matter. */
  private record Sum(Fold fold) implements FlatMapFunction<Iterator<ShardPiece>, Parcel<Shard>> {
    @Override
    public Iterator<Parcel<Shard>> call(Iterator<ShardPiece> pieces) {
      @Nullable Shard[] parts = new @Nullable Shard[fold.factors().length];
      pieces.forEachRemaining(piece -> parts[piece.worker()] = piece.shard());
      return List.of(new Parcel<>(fold.mean(Arrays.asList(parts)))).iterator();
    }
  }

  /** The squares of a mean gradient's shard. */
  private record Squares(Broadcast<Parcel<TrainingPlan>> plan, Fold fold)
      implements FlatMapFunction<Iterator<Shard>, double[]> {
    @Override
    public Iterator<double[]> call(Iterator<Shard> mean) {
      return List.of(fold.squares(plan.value().value(), mean.next())).iterator();
    }
  }

  /** A shard of the next state. */
  private record Next(
      Broadcast<Parcel<TrainingPlan>> plan,
      SharedState state,
      Shards shards,
      Fold fold,
      double[] squares)
      implements Function2<Integer, Iterator<Shard>, Iterator<Shard>> {
    @Override
    public Iterator<Shard> call(Integer shard, Iterator<Shard> mean) {
      Shard next =
          fold.next(
              plan.value().value(), shards.from(shard), state.shard(shard), mean.next(), squares);
      return List.of(next).iterator();
    }
  }
}
