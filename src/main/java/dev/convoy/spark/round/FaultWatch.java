package dev.convoy.spark.round;

import dev.convoy.train.fault.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.Resubmitted$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * Collects what goes wrong on a cluster, and what Spark does about it, while a training runs. What
 * the driver itself asks for (executors that dynamic allocation lets go, the slower of two
 * attempts, blocks that move to another executor) is no fault.
 */
final class FaultWatch extends SparkListener implements AutoCloseable {
  /** The words by which Spark says that it let an executor go itself. */
  private static final String LET_GO = "Executor killed by driver.";

  private static final int MAX_REASON = 300;

  /** Spark tells of events on a thread of its own, which is soon done. */
  private static final long LATE_MILLIS = 2_000;

  private final JavaSparkContext spark;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

  /** The host of each executor. */
  private final Map<String, String> hosts = new HashMap<>();

  /** Which executor has a block, and which blocks were read before. */
  private final Map<String, String> holders = new HashMap<>();

  private final Set<String> read = new HashSet<>();

  /** Which executor has let go of a block. */
  private final Map<String, String> former = new HashMap<>();

  /** How often the results of each shuffle were computed. */
  private final Map<Integer, Integer> shuffles = new HashMap<>();

  FaultWatch(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Watches from now on until it is closed. */
  static FaultWatch on(JavaSparkContext spark) {
    FaultWatch watch = new FaultWatch(spark);
    spark.sc().addSparkListener(watch);
    return watch;
  }

  /**
   * Returns the faults since this was last asked.
   *
   * @param all whether to wait for those that Spark is about to tell of
   */
  List<Fault> drain(boolean all) {
    if (all) {
      try {
        spark.sc().listenerBus().waitUntilEmpty(LATE_MILLIS);
      } catch (TimeoutException e) {
        // What is told later is left out: it changes nothing.
      }
    }
    List<Fault> drained = new ArrayList<>();
    for (Fault fault = faults.poll(); fault != null; fault = faults.poll()) {
      drained.add(fault);
    }
    return drained;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    hosts.put(event.executorId(), event.executorInfo().executorHost());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    String executor = event.executorId();
    holders.values().removeIf(executor::equals);
    if (!LET_GO.equals(event.reason())) {
      faults.add(Fault.executorLost(executor, hosts.get(executor), line(event.reason())));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    TaskInfo task = event.taskInfo();
    if (task.speculative()) {
      faults.add(fault(Fault.Kind.SPECULATIVE_ATTEMPT, event.stageId(), task, null));
    } else if (task.attemptNumber() > 0) {
      faults.add(fault(Fault.Kind.TASK_RETRIED, event.stageId(), task, null));
    }
    hosts.put(task.executorId(), task.host());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.taskInfo() != null
        && event.reason() instanceof TaskFailedReason reason
        && !(reason instanceof TaskKilled)) {
      boolean lost = reason == Resubmitted$.MODULE$ || reason == TaskResultLost$.MODULE$;
      Fault.Kind kind = lost ? Fault.Kind.RESULT_LOST : Fault.Kind.TASK_FAILED;
      faults.add(fault(kind, event.stageId(), event.taskInfo(), lost ? null : why(reason)));
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    StageInfo stage = event.stageInfo();
    // A job that comes later gets another stage for a shuffle whose results are lost.
    int attempt =
        stage.shuffleDepId().isDefined()
            ? shuffles.merge((Integer) stage.shuffleDepId().get(), 1, Integer::sum)
            : stage.attemptNumber() + 1;
    if (attempt > 1) {
      faults.add(Fault.stageResubmitted(stage.stageId(), attempt));
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated event) {
    var block = event.blockUpdatedInfo();
    if (!block.blockId().isRDD()) {
      return;
    }
    String name = block.blockId().name();
    String executor = block.blockManagerId().executorId();
    if (!block.storageLevel().isValid()) {
      if (holders.remove(name, executor)) {
        former.put(name, executor);
      }
    } else if (holders.put(name, executor) == null && !read.add(name)) {
      String before = former.remove(name);
      if (before == null || before.equals(executor)) {
        faults.add(Fault.blockReadAgain(executor, block.blockManagerId().host(), name));
      }
    }
  }

  private static Fault fault(Fault.Kind kind, int stage, TaskInfo task, @Nullable String reason) {
    return Fault.ofTask(
        kind,
        task.executorId(),
        task.host(),
        stage,
        task.index(),
        task.attemptNumber() + 1,
        reason);
  }

  private static String why(TaskFailedReason reason) {
    if (reason instanceof ExceptionFailure failure) {
      String name = failure.className();
      return line(name.substring(name.lastIndexOf('.') + 1) + ": " + failure.description());
    }
    if (reason instanceof ExecutorLostFailure lost) {
      return "its executor was lost" + (lost.reason().isEmpty() ? "" : ": " + lost.reason().get());
    }
    return line(
        reason instanceof FetchFailed failed
            ? "what it needs could not be fetched: " + failed.message()
            : reason.toErrorString());
  }

  private static String line(@Nullable String text) {
    String first = text == null ? "" : text.lines().findFirst().orElse("").strip();
    return first.substring(0, Math.min(MAX_REASON, first.length()));
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
