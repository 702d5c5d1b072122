package dev.convoy.cli;

import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Says what was asked of a cluster while no executor comes: Spark would wait for ever behind a
 * warning that names neither.
 */
final class ExecutorWatch {
  /** Machines of a cloud take as long to start. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int AGAIN_SECONDS = 180;

  private ExecutorWatch() {}

  /** Watches a session from now on, until it ends. */
  static void on(JavaSparkContext spark, PrintStream err) {
    if (spark.isLocal()) {
      return;
    }
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "executor watch");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(
        () -> look(spark, clock, err), PATIENCE_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
  }

  private static void look(JavaSparkContext spark, ExecutorService clock, PrintStream err) {
    if (spark.sc().isStopped()) {
      clock.shutdown();
      return;
    }
    boolean works = spark.statusTracker().getActiveJobIds().length > 0;
    // The driver is the one that is always there.
    if (works && spark.sc().statusTracker().getExecutorInfos().length <= 1) {
      err.println(line(spark.getConf()));
    }
  }

  /** Returns what was asked for, and where to see what there is. */
  static String line(SparkConf asked) {
    String master = asked.get("spark.master", "");
    String cores = asked.get("spark.executor.cores", master.startsWith("spark:") ? "all" : "1");
    String where =
        master.startsWith("spark:")
            ? "the page of the master lists its workers, with cores and memory that are free"
            : master.startsWith("k8s:")
                ? "'kubectl describe pods' says what its nodes lack"
                : "'yarn node -list -showDetails' lists its nodes, with cores and memory that are free";
    return "convoy: still no executor from "
        + master
        + ": each is to have cores: "
        + cores
        + " (spark.executor.cores), memory: "
        + asked.get("spark.executor.memory", "1g")
        + " (spark.executor.memory), and one machine must have both free; "
        + where;
  }
}
