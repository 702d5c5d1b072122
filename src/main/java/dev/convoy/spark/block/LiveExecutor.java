package dev.convoy.spark.block;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskLocation;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An executor that takes tasks. Spark gives no id twice.
 *
 * @param id by which Spark knows it
 * @param host its machine
 * @param cores tasks that it runs at once, at least 1
 */
public record LiveExecutor(String id, String host, int cores) {
  /** All that Spark has by now, in the order in which they came. */
  public static List<LiveExecutor> all(JavaSparkContext spark) {
    List<LiveExecutor> executors = new ArrayList<>();
    for (ExecutorSummary executor :
        CollectionConverters.asJava(spark.sc().statusStore().executorList(true))) {
      // A driver that leaves the work to others has no core.
      if (executor.totalCores() > 0 && !executor.isExcluded()) {
        executors.add(
            new LiveExecutor(executor.id(), host(executor.hostPort()), executor.totalCores()));
      }
    }
    // Ids are numbers that count up, or the driver's name.
    executors.sort(
        Comparator.comparingInt((LiveExecutor e) -> e.id().length()).thenComparing(e -> e.id()));
    return executors;
  }

  private static String host(String hostPort) {
    int port = hostPort.lastIndexOf(':');
    return port < 0 ? hostPort : hostPort.substring(0, port);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LiveExecutor executor && id.equals(executor.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Returns the name by which an RDD asks for this executor to compute a partition. */
  String location() {
    return TaskLocation.apply(host, id).toString();
  }
}
