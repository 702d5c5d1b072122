package dev.convoy.spark.round;

import dev.convoy.spark.HeapSettings;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.MemoryEstimate;
import dev.convoy.train.round.TrainingPlan;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** Compares what a training needs with the memory that Spark's settings give it. */
public final class MemoryCheck {
  /** A state from which on memory is worth a word. */
  private static final long LARGE_BYTES = 64L << 20;

  /** What Spark keeps of every heap for itself before it takes its fraction. */
  private static final long RESERVED_BYTES = 300L << 20;

  private final SparkConf configuration;
  private final TrainingPlan plan;
  private final boolean sharded;
  private final boolean checkpoints;
  private final boolean evaluates;
  private final HeapSettings heaps;
  private final MemoryEstimate estimate;

  /**
   * Checks a training with these settings, whose driver is this process.
   *
   * @param checkpoints whether some are written
   * @param evaluates whether the weights are tested or validated
   */
  public MemoryCheck(
      SparkConf configuration,
      TrainingPlan plan,
      Aggregation reduction,
      boolean checkpoints,
      boolean evaluates) {
    this(configuration, plan, reduction, checkpoints, evaluates, Runtime.getRuntime().maxMemory());
  }

  MemoryCheck(
      SparkConf configuration,
      TrainingPlan plan,
      Aggregation reduction,
      boolean checkpoints,
      boolean evaluates,
      long driverHeap) {
    this.configuration = configuration;
    this.plan = plan;
    this.sharded = reduction.isSharded(plan);
    this.checkpoints = checkpoints;
    this.evaluates = evaluates;
    this.heaps = new HeapSettings(configuration, driverHeap);
    this.estimate = new MemoryEstimate(plan, sharded, checkpoints, evaluates);
  }

  /** Says what does not fit, and which setting helps, in a line; absent if all fits. */
  public @Nullable String problem() {
    long driver = driverBytes(estimate);
    if (driver > heaps.driverBytes()) {
      return "the training needs about "
          + megabytes(driver)
          + " of memory in the driver"
          + (heaps.isLocal() ? ", which runs the workers too" : "")
          + ", but has "
          + megabytes(heaps.driverBytes())
          + ": set spark.driver.memory to "
          + enough(driver)
          + " (--driver-memory)"
          + sharding();
    }
    long executor = executorBytes();
    if (!heaps.isLocal() && executor > heaps.executorBytes()) {
      return "the training needs about "
          + megabytes(executor)
          + " of memory in an executor that runs "
          + workers(Math.min(heaps.tasks(), plan.workers()))
          + ", but has "
          + megabytes(heaps.executorBytes())
          + ": set spark.executor.memory to "
          + enough(executor)
          + " (--executor-memory)"
          + (heaps.tasks() > 1 && plan.workers() > 1 ? ", or lower spark.executor.cores" : "");
    }
    return null;
  }

  /** Says what a large model needs, or one that leaves little; absent of others. */
  public @Nullable String line() {
    if (plan.stateBytes() < LARGE_BYTES && scarce().isEmpty()) {
      return null;
    }
    return "Memory: about "
        + megabytes(driverBytes(estimate))
        + (heaps.isLocal() ? " in this process" : " in the driver")
        + (heaps.isLocal()
            ? ""
            : ", "
                + megabytes(executorBytes())
                + " in an executor that runs "
                + workers(Math.min(heaps.tasks(), plan.workers())))
        + "; contributions are summed "
        + (sharded ? "on the executors." : "on the driver.")
        + scarce();
  }

  /** Says what the driver would need if executors summed, where it sums now and that would fit. */
  private String sharding() {
    long other = driverBytes(new MemoryEstimate(plan, true, checkpoints, evaluates));
    return sharded || other > heaps.driverBytes()
        ? ""
        : ", or distribution.reduction to sharded, which needs " + megabytes(other);
  }

  private long driverBytes(MemoryEstimate of) {
    return (heaps.isLocal() ? of.localBytes(heaps.tasks()) : of.driverBytes())
        + broadcastBytes(heaps.driverBytes());
  }

  private long executorBytes() {
    return estimate.executorBytes(heaps.tasks()) + broadcastBytes(heaps.executorBytes());
  }

  /**
   * Returns the bytes of a broadcast state, which lies in the heap twice, as blocks and as values,
   * as far as Spark's part of the heap goes; the rest is on disk.
   */
  private long broadcastBytes(long heap) {
    double fraction = configuration.getDouble("spark.memory.fraction", 0.6);
    long room = Math.max(0, (long) (fraction * (heap - RESERVED_BYTES)));
    return SharedValue.isBroadcast(plan.stateBytes()) ? Math.min(room, 2 * plan.stateBytes()) : 0;
  }

  /** Returns what would make it safe where all is held in more than two thirds of a heap. */
  private String scarce() {
    // The parallel collector keeps a third of a heap for what is new.
    boolean driver = driverBytes(estimate) * 3 / 2 > heaps.driverBytes();
    boolean executor = !heaps.isLocal() && executorBytes() * 3 / 2 > heaps.executorBytes();
    if (!driver && !executor) {
      return "";
    }
    return " Little is left: spark.driver.memory="
        + enough(driverBytes(estimate))
        + (heaps.isLocal() ? "" : " and spark.executor.memory=" + enough(executorBytes()))
        + " would be safe.";
  }

  private static String workers(int count) {
    return count == 1 ? "1 worker at a time" : count + " workers at once";
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
  }

  /** Returns these bytes with a half to spare, in whole gigabytes. */
  private static String enough(long bytes) {
    return (bytes * 3 / 2 >> 30) + 1 + "g";
  }
}
