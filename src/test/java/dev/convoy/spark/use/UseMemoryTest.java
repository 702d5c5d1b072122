package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.spark.HeapSettings;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SmallTraining;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** A model is refused where its memory cannot suffice, with the setting that helps. */
class UseMemoryTest {
  private static final long GIGABYTE = 1L << 30;

  /** Maps of 224x224 in 64 channels, twice, are 25 MB an image, of which 16 are there at once. */
  private static final Network WIDE =
      Network.of(
          Shape.of(3, 224, 224),
          Conv2d.of(64, 3).withPadding(Padding.SAME),
          Conv2d.of(64, 3).withPadding(Padding.SAME),
          new GlobalAvgPool2d(),
          Dense.of(10));

  /** 100 million parameters. */
  private static final Network HEAVY =
      Network.of(Shape.of(1, 100, 100), new Flatten(), Dense.of(10_000), Dense.of(10));

  private static HeapSettings heaps(long driver, String master, String... executorMemory) {
    SparkConf configuration = new SparkConf(false).set("spark.master", master);
    if (executorMemory.length > 0) {
      configuration.set("spark.executor.memory", executorMemory[0]);
    }
    return new HeapSettings(configuration, driver);
  }

  @Test
  void aSmallNetworkFits() {
    assertNull(UseMemory.problem(SmallTraining.NETWORK, heaps(GIGABYTE / 4, "local[4]")));
  }

  @Test
  void largeMapsAreCountedForEachTask() {
    assertNull(UseMemory.problem(WIDE, heaps(3 * GIGABYTE / 4, "local[1]")));
    assertEquals(
        "the network needs 933 MB of memory or more in a driver that runs 2 tasks at once, but"
            + " has 768 MB: set spark.driver.memory to 2g (--driver-memory)",
        UseMemory.problem(WIDE, heaps(3 * GIGABYTE / 4, "local[2]")));
  }

  @Test
  void executorsHoldTheWeightsAndATasksOwn() {
    assertNull(UseMemory.problem(HEAVY, heaps(GIGABYTE / 8, "spark://host:7077", "1g")));
    assertEquals(
        "the network needs 516 MB of memory or more in an executor that runs 1 task at once, but"
            + " has 512 MB: set spark.executor.memory to 2g (--executor-memory)",
        UseMemory.problem(HEAVY, heaps(8 * GIGABYTE, "spark://host:7077", "512m")));
  }
}
