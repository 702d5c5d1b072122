package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.optim.Adam;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.SparkSettings;
import dev.convoy.testing.Bits;
import dev.convoy.testing.RandomRound;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.ContributionFormat;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.Shards;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.tuning.FineTuning;
import dev.convoy.train.tuning.Rates;
import dev.convoy.train.tuning.TuningPlan;
import dev.convoy.train.tuning.Unfreezing;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/**
 * Contributions summed on executors, shard by shard, come to the bits of those that the local
 * trainer sums in one place.
 */
class ReductionIT {
  /** Four stretches of parameters and running statistics: small enough to travel with tasks. */
  private static final Network SMALL = network(330);

  /** A state so large that it is broadcast. */
  private static final Network LARGE = network(4000);

  /** Of clipped gradients, in rounds of which the last has workers without examples. */
  private static final TrainingPlan CLIPPED =
      plan(SMALL, Averaging.GRADIENTS, Adam.of(0.01f), 5, new ClipByNorm(0.05f));

  private static final TrainingPlan LARGE_PARAMETERS =
      plan(LARGE, Averaging.PARAMETERS, Sgd.of(0.01f, 0.9f), 3, null)
          .withOuter(new Nesterov(0.7f, 0.5f));

  /** Sent in half as many bytes. */
  private static final TrainingPlan HALVED =
      plan(SMALL, Averaging.PARAMETERS, Adam.of(0.01f), 3, null)
          .withContributions(ContributionFormat.BFLOAT16);

  private static final TrainingPlan LARGE_HALVED =
      LARGE_PARAMETERS.withContributions(ContributionFormat.BFLOAT16);

  private static final TrainingPlan LARGE_GRADIENTS =
      plan(LARGE, Averaging.GRADIENTS, Adam.of(0.01f), 2, new ClipByNorm(0.05f));

  @Test
  void threadsOfOneProcessSumShardsToTheSameBits() {
    try (JavaSparkContext spark = spark(new SparkConf().setMaster("local[2]"))) {
      assertSameBits(spark, CLIPPED);
      assertSameBits(spark, plan(SMALL, Averaging.PARAMETERS, Adam.of(0.01f), 1, null));
      assertSameBits(spark, plan(SMALL, Averaging.GRADIENTS, Sgd.of(0.01f, 0.9f), 4, null));
      assertSameBits(spark, LARGE_PARAMETERS);
      assertSameBits(spark, HALVED);
      assertSameBitsOnTheDriver(spark, HALVED);
      assertSameBits(spark, CLIPPED.withContributions(ContributionFormat.BFLOAT16));
      assertSameBits(spark, tuned(CLIPPED));
      assertSameBits(spark, tuned(LARGE_PARAMETERS));
      assertSameBitsOnTheDriver(spark, tuned(LARGE_HALVED));
    }
  }

  @Test
  void executorsSumShardsToTheSameBitsAlsoWhereOneIsLostBetween() {
    try (JavaSparkContext spark = spark(cluster())) {
      assertSameBits(spark, LARGE_PARAMETERS);
      assertSameBits(spark, LARGE_GRADIENTS);
      assertSameBits(spark, LARGE_HALVED);
      assertSameBitsOnTheDriver(spark, LARGE_HALVED);
      loseAnExecutor(spark, LARGE_PARAMETERS);
    }
  }

  /** Its pieces are lost with it: Spark has its workers do their part again. */
  private static void loseAnExecutor(JavaSparkContext spark, TrainingPlan plan) {
    State state = State.initial(plan, plan.network().initialWeights(plan.seed()));
    List<ImageBlock> blocks = SmallTraining.blocks(plan.sampler());
    RoundRunner local = new LocalRounds(plan, blocks, Kernels.chosen());
    State expected = local.average(local.run(state, 1, 1));
    try (RoundRunner rounds = rounds(spark, plan)) {
      List<Contribution> contributions = rounds.run(state, 1, 1);
      assertEquals(0, contributions.get(0).values().length, "values came to the driver");
      ProcessHandle executor =
          ProcessHandle.current()
              .descendants()
              .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutor"))
              .findFirst()
              .orElseThrow();
      executor.destroyForcibly();
      executor.onExit().join();
      assertSame(expected, rounds.average(contributions));
    }
  }

  /** A large frozen layer is broadcast once; what is trained grows in the second epoch. */
  private static TrainingPlan tuned(TrainingPlan plan) {
    FineTuning tuning =
        new FineTuning(
            null,
            List.of("(conv|batch).*", "dense_4\\.weight"),
            new Rates(Map.of("dense_5\\..*", 2.0)),
            List.of(new Unfreezing(2, List.of("batch.*", "dense_4\\.weight"))));
    return plan.withTuning(TuningPlan.of(plan.network(), tuning));
  }

  @Test
  void aRoundLeavesNothingBehind() {
    try (JavaSparkContext spark = spark(new SparkConf().setMaster("local[2]"))) {
      State state = RandomRound.state(CLIPPED, 1);
      try (RoundRunner rounds = rounds(spark, CLIPPED)) {
        List<Contribution> contributions = rounds.run(state, 1, 1);
        rounds.average(contributions);
        assertEquals(1, spark.getPersistentRDDs().size(), "more than the images is kept");
      }
    }
  }

  private static JavaSparkContext spark(SparkConf conf) {
    conf.setAppName("reduction").set("spark.ui.enabled", "false");
    return new JavaSparkContext(SparkSettings.apply(conf));
  }

  private static SparkConf cluster() {
    String classes =
        TrainingPlan.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return new SparkConf()
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.shuffle.io.maxRetries", "0")
        .set("spark.executor.extraClassPath", classes)
        .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
  }

  private static void assertSameBits(JavaSparkContext spark, TrainingPlan plan) {
    State expected = SmallTraining.run(plan, Kernels.chosen());
    try (RoundRunner rounds = rounds(spark, plan)) {
      State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
      Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
      assertSame(expected, trainer.run(first));
    }
  }

  private static void assertSameBitsOnTheDriver(JavaSparkContext spark, TrainingPlan plan) {
    State expected = SmallTraining.run(plan, Kernels.chosen());
    JavaRDD<ImageBlock> blocks =
        spark
            .parallelize(SmallTraining.blocks(plan.sampler()), plan.sampler().partitions())
            .cache();
    try (RoundRunner rounds = new SparkRounds(spark, plan, TrainingBlocks.always(blocks))) {
      State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
      Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
      assertSame(expected, trainer.run(first));
    }
    blocks.unpersist();
  }

  private static RoundRunner rounds(JavaSparkContext spark, TrainingPlan plan) {
    JavaRDD<ImageBlock> blocks =
        spark
            .parallelize(SmallTraining.blocks(plan.sampler()), plan.sampler().partitions())
            .cache();
    int parameters = plan.tuning().stage(0).parameterCount();
    Shards shards = Shards.atMost(7, parameters);
    boolean all = parameters == plan.network().parameterCount();
    assertFalse(all && shards.count() < 4, "too few shards");
    return new ShardedRounds(
        spark, plan, TrainingBlocks.always(blocks), shards, plan.outer() != null);
  }

  private static void assertSame(State expected, State actual) {
    Bits.assertSame(expected.parameters(), actual.parameters(), "parameters");
    Bits.assertSame(expected.buffers(), actual.buffers(), "buffers");
    Bits.assertSame(expected.optimizerState(), actual.optimizerState(), "optimizer state");
    Bits.assertSame(expected.outerMomentum(), actual.outerMomentum(), "outer momentum");
    assertEquals(expected.step(), actual.step());
    assertEquals(expected.round(), actual.round());
  }

  private static Network network(int units) {
    return Network.of(
        SmallTraining.IMAGE,
        Conv2d.of(4, 3),
        new BatchNorm2d(),
        new Flatten(),
        Dense.of(units),
        Dense.of(SmallTraining.CLASSES));
  }

  private static TrainingPlan plan(
      Network network, Averaging averaging, Optimizer optimizer, int workers, Clipping clipping) {
    // Two rounds an epoch and some: 13 examples in batches of 1 or 2.
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    int batchSize = workers < 4 ? 2 : 1;
    return SmallTraining.clipped(
        SmallTraining.plan(network, optimizer, averaging, 13, workers, batchSize, steps, true),
        clipping);
  }
}
