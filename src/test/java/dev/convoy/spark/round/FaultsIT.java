package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.SparkSettings;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.Fault.Kind;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.jdk.javaapi.CollectionConverters;

/**
 * On a cluster of two real executors, what goes wrong is told, nothing is counted twice, and the
 * bits are those of the local trainer.
 */
class FaultsIT {
  private static final int EXAMPLES = 200;

  /** Ten rounds an epoch, of two epochs. */
  private static final TrainingPlan PLAN =
      SmallTraining.plan(
          SmallTraining.EVERY_KIND,
          Sgd.of(0.05f, 0.9f),
          Averaging.PARAMETERS,
          EXAMPLES,
          2,
          5,
          2,
          true);

  @TempDir private Path folder;
  private JavaSparkContext spark;

  /** What was heard. */
  private final List<Fault> faults = new ArrayList<>();

  private final List<Integer> roundsOfFaults = new ArrayList<>();
  private long examples;
  private int rounds;

  /** Done by the driver between two rounds. */
  private IntConsumer afterRound = round -> {};

  @BeforeEach
  void startCluster() {
    String classes = path(TrainingPlan.class) + java.io.File.pathSeparator + path(Mishap.class);
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("faults")
            .set("spark.ui.enabled", "false")
            .set("spark.shuffle.io.maxRetries", "0")
            // Both executors are there before the first task.
            .set("spark.cores.max", "2")
            .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "300s")
            .set("spark.executor.extraClassPath", classes)
            .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    spark = new JavaSparkContext(SparkSettings.apply(conf));
  }

  @AfterEach
  void stopCluster() {
    spark.close();
  }

  private static String path(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void onRound(RoundResult round) {
          examples += round.examples();
          rounds++;
          afterRound.accept(rounds);
        }

        @Override
        public void onFault(int round, Fault fault) {
          faults.add(fault);
          roundsOfFaults.add(round);
        }
      };

  private JavaRDD<ImageBlock> blocks() {
    return spark
        .parallelize(SmallTraining.blocks(PLAN.sampler()), PLAN.sampler().partitions())
        .cache();
  }

  /** Trains on blocks whose tasks meet this, and expects what an undisturbed training gives. */
  private void train(Mishap mishap, Aggregation reduction) {
    train(blocks().map(mishap), reduction);
  }

  private void train(JavaRDD<ImageBlock> blocks, Aggregation reduction) {
    Weights first = PLAN.network().initialWeights(PLAN.seed());
    State state =
        new SparkTrainer(spark, TrainingBlocks.always(blocks), null, reduction)
            .train(PLAN, first, listener, () -> false)
            .state();
    State expected = SmallTraining.run(PLAN, Kernels.chosen());
    Bits.assertSame(expected.parameters(), state.parameters(), "parameters");
    Bits.assertSame(expected.optimizerState(), state.optimizerState(), "optimizer state");
    Bits.assertSame(expected.buffers(), state.buffers(), "buffers");
    assertEquals(expected.round(), rounds, "each round is told once");
    assertEquals((long) EXAMPLES * PLAN.epochs(), examples, "examples that were used");
  }

  private List<Fault> of(Kind kind) {
    return faults.stream().filter(fault -> fault.kind() == kind).toList();
  }

  private String once() {
    return folder.resolve("once").toString();
  }

  @Test
  void anExecutorThatIsKilledIsToldWithTheTaskThatItTookAlong() {
    train(new Mishap(Mishap.Kind.DIES, 17, once()), Aggregation.DRIVER);
    Fault lost = of(Kind.EXECUTOR_LOST).get(0);
    assertEquals(1, of(Kind.EXECUTOR_LOST).size(), () -> "" + faults);
    assertTrue(lost.reason().contains("137"), () -> "" + lost);
    assertTrue(lost.host() != null, () -> "" + lost);
    Fault failed = of(Kind.TASK_FAILED).get(0);
    assertEquals(lost.executor(), failed.executor());
    assertEquals(1, failed.attempt());
    Fault again = of(Kind.TASK_RETRIED).get(0);
    assertEquals(failed.task(), again.task());
    assertEquals(failed.stage(), again.stage());
    assertEquals(2, again.attempt());
    assertFalse(of(Kind.BLOCK_READ_AGAIN).isEmpty(), () -> "its blocks are lost too: " + faults);
    assertTrue(roundsOfFaults.stream().allMatch(round -> round >= 1 && round <= rounds));
  }

  @ParameterizedTest
  @EnumSource(
      value = Aggregation.class,
      names = {"DRIVER", "SHARDED"})
  void blocksMoveToTheReplacementOfALostExecutorAsSoonAsItIsWarm(Aggregation reduction) {
    Replacement replacement = new Replacement(spark);
    Map<Integer, Map<String, Integer>> blocksAt = new TreeMap<>();
    JavaRDD<ImageBlock> blocks = blocks();
    afterRound =
        round -> {
          switch (round) {
            case 4 -> replacement.killOne();
            case 5 -> {
              replacement.awaitNewcomer();
              blocksAt.put(round, holders(blocks));
            }
            case 10 -> replacement.awaitRehearsal();
            case 20 -> blocksAt.put(round, holders(blocks));
            default -> {}
          }
        };
    train(blocks, reduction);
    int all = PLAN.sampler().partitions();
    assertEquals(1, blocksAt.get(5).size(), () -> "the survivor goes on alone: " + blocksAt);
    assertEquals(2, blocksAt.get(20).size(), () -> "both have blocks again: " + blocksAt);
    assertEquals(all / 2, blocksAt.get(20).get(replacement.newcomer()), () -> "" + blocksAt);
    assertEquals(1, of(Kind.EXECUTOR_LOST).size(), () -> "" + faults);
  }

  /** How many blocks each executor has in its cache. */
  private static Map<String, Integer> holders(JavaRDD<ImageBlock> blocks) {
    Map<String, Integer> holders = new TreeMap<>();
    var cache = SparkEnv.get().blockManager().master();
    for (int partition = 0; partition < blocks.getNumPartitions(); partition++) {
      for (BlockManagerId at :
          CollectionConverters.asJava(cache.getLocations(new RDDBlockId(blocks.id(), partition)))) {
        holders.merge(at.executorId(), 1, Integer::sum);
      }
    }
    return holders;
  }

  @Test
  void everyTenthTaskThatFailsIsToldInALine() {
    train(new Mishap(Mishap.Kind.FAILS, 10, null), Aggregation.DRIVER);
    // Two tasks a round and those that fail, of twenty rounds.
    assertTrue(of(Kind.TASK_FAILED).size() >= 4, () -> "" + faults);
    assertEquals(of(Kind.TASK_FAILED).size(), of(Kind.TASK_RETRIED).size());
    for (Fault failed : of(Kind.TASK_FAILED)) {
      assertEquals("IllegalStateException: a failure", failed.reason());
    }
    assertEquals(List.of(), of(Kind.EXECUTOR_LOST));
  }

  /** Which can't be had on one host: Spark starts it on another one alone. */
  @Test
  void aSecondAttemptAtASlowTaskIsTold() {
    try (FaultWatch watch = FaultWatch.on(spark)) {
      TaskInfo second = new TaskInfo(40, 3, 1, 3, 0, "7", "other-host", TaskLocality.ANY(), true);
      watch.onTaskStart(new SparkListenerTaskStart(12, 0, second));
      faults.addAll(watch.drain(false));
    }
    Fault expected = Fault.ofTask(Kind.SPECULATIVE_ATTEMPT, "7", "other-host", 12, 3, 2, null);
    assertEquals(List.of(expected), faults);
  }

  @Test
  void aStageWhoseResultsAreLostIsToldAsDoneAgain() {
    try (FaultWatch watch = FaultWatch.on(spark);
        ShardedRounds sharded = new ShardedRounds(spark, PLAN, TrainingBlocks.always(blocks()))) {
      State first = State.initial(PLAN, PLAN.network().initialWeights(PLAN.seed()));
      var contributions = sharded.run(first, 1, 1);
      assertEquals(List.of(), watch.drain(true), "nothing went wrong so far");
      ProcessHandle executor =
          ProcessHandle.current()
              .descendants()
              .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutor"))
              .findFirst()
              .orElseThrow();
      executor.destroyForcibly();
      executor.onExit().join();
      sharded.average(contributions);
      faults.addAll(watch.drain(true));
    }
    assertEquals(2, of(Kind.STAGE_RESUBMITTED).get(0).attempt(), () -> "" + faults);
    assertEquals(1, of(Kind.EXECUTOR_LOST).size(), () -> "" + faults);
  }
}
