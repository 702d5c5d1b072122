package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.TrainingPlan;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** A job is refused where its memory cannot suffice, with the setting that helps. */
class MemoryCheckTest {
  private static final long GIGABYTE = 1L << 30;

  /** 40 million parameters, 160 MB. */
  private static final TrainingPlan LARGE =
      plan(Network.of(SmallTraining.IMAGE, new Flatten(), Dense.of(625_000), Dense.of(4)));

  private static final TrainingPlan SMALL = plan(SmallTraining.NETWORK);

  private static TrainingPlan plan(Network network) {
    return SmallTraining.plan(network, Sgd.of(0.1f, 0), Averaging.PARAMETERS, 99, 4, 5, 1, true);
  }

  /** With checkpoints. */
  private static MemoryCheck check(
      TrainingPlan plan, Aggregation reduction, long heap, String... settings) {
    return check(plan, reduction, true, heap, settings);
  }

  private static MemoryCheck check(
      TrainingPlan plan,
      Aggregation reduction,
      boolean checkpoints,
      long heap,
      String... settings) {
    SparkConf configuration = new SparkConf(false).set("spark.master", settings[0]);
    for (int i = 1; i < settings.length; i++) {
      String[] setting = settings[i].split("=", 2);
      configuration.set(setting[0], setting[1]);
    }
    return new MemoryCheck(configuration, plan, reduction, checkpoints, false, heap);
  }

  @Test
  void aSmallNetworkFitsAndIsNotSpokenOf() {
    MemoryCheck check = check(SMALL, Aggregation.AUTO, GIGABYTE / 2, "local[2]");
    assertNull(check.problem());
    assertNull(check.line());
  }

  /**
   * A state is 155 MB: now, next, and being written; 5 contributions; 128 MB of Spark's; the
   * broadcast one twice.
   */
  @Test
  void aDriverThatCannotHoldAllContributionsIsToldOfShards() {
    MemoryCheck check =
        check(LARGE, Aggregation.DRIVER, GIGABYTE, "yarn", "spark.executor.memory=4g");
    assertEquals(
        "the training needs about 1,678 MB of memory in the driver, but has 1,024 MB: set"
            + " spark.driver.memory to 3g (--driver-memory), or distribution.reduction to sharded,"
            + " which needs 967 MB",
        check.problem());
    assertNull(
        check(LARGE, Aggregation.SHARDED, GIGABYTE, "yarn", "spark.executor.memory=4g").problem());
  }

  @Test
  void anExecutorThatCannotHoldItsTasksIsNamed() {
    MemoryCheck two = check(LARGE, Aggregation.SHARDED, GIGABYTE, "yarn", "spark.executor.cores=2");
    assertTrue(
        two.problem().contains(" of memory in an executor that runs 2 workers at once, but has "),
        two.problem());
    assertTrue(two.problem().contains(": set spark.executor.memory to "), two.problem());
    assertTrue(two.problem().endsWith(", or lower spark.executor.cores"), two.problem());
    assertNull(
        check(LARGE, Aggregation.SHARDED, GIGABYTE, "yarn", "spark.executor.memory=2g").problem());
    MemoryCheck cluster = check(LARGE, Aggregation.SHARDED, GIGABYTE, "local-cluster[2,4,1024]");
    assertTrue(cluster.problem().contains("4 workers at once"), cluster.problem());
  }

  @Test
  void aLocalMasterRunsTheWorkersInTheDriver() {
    MemoryCheck check = check(LARGE, Aggregation.SHARDED, GIGABYTE, "local[2]");
    assertTrue(
        check.problem().contains(" in the driver, which runs the workers too, but has "),
        check.problem());
    long one = need(check(LARGE, Aggregation.SHARDED, 0, "local"));
    long three = need(check(LARGE, Aggregation.SHARDED, 0, "local[3]"));
    long many = need(check(LARGE, Aggregation.SHARDED, 0, "local[64, 2]"));
    assertTrue(one < three && three < many, one + ", " + three + ", " + many);
    assertEquals(many, need(check(LARGE, Aggregation.SHARDED, 0, "local[4]")), "K is 4");
  }

  private static long need(MemoryCheck check) {
    return Long.parseLong(check.problem().split("about | MB")[1].replace(",", ""));
  }

  @Test
  void aLargeNetworkIsSpokenOf() {
    MemoryCheck check =
        check(LARGE, Aggregation.AUTO, GIGABYTE, "yarn", "spark.executor.memory=2g");
    assertNotNull(check.line());
    assertTrue(check.line().startsWith("Memory: about 967 MB in the driver, "), check.line());
    assertTrue(
        check
            .line()
            .endsWith(
                "contributions are summed on the executors. Little is left:"
                    + " spark.driver.memory=2g and spark.executor.memory=2g would be safe."),
        check.line());
    MemoryCheck roomy =
        check(LARGE, Aggregation.AUTO, 4 * GIGABYTE, "yarn", "spark.executor.memory=4g");
    assertTrue(roomy.line().endsWith("contributions are summed on the executors."), roomy.line());
  }

  @Test
  void aCheckpointThatIsWrittenHoldsOneStateMore() {
    long with = need(check(LARGE, Aggregation.SHARDED, true, GIGABYTE / 2, "yarn"));
    long without = need(check(LARGE, Aggregation.SHARDED, false, GIGABYTE / 2, "yarn"));
    assertEquals(LARGE.stateBytes() >> 20, with - without, 1);
  }

  @Test
  void lessOfTheHeapForBroadcastsIsCounted() {
    long usual = need(check(LARGE, Aggregation.SHARDED, GIGABYTE / 2, "yarn"));
    long less =
        need(check(LARGE, Aggregation.SHARDED, GIGABYTE / 2, "yarn", "spark.memory.fraction=0.1"));
    assertEquals(usual - (512 - 300) / 2, less);
  }
}
