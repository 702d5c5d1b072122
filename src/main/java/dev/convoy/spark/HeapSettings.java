package dev.convoy.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The heaps that Spark's settings give, and how many tasks share one.
 *
 * @param configuration of Spark
 * @param driverBytes of this process, which is the driver
 */
public record HeapSettings(SparkConf configuration, long driverBytes) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,.*)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+).*");

  /** Returns those of this process. */
  public static HeapSettings of(SparkConf configuration) {
    return new HeapSettings(configuration, Runtime.getRuntime().maxMemory());
  }

  private String master() {
    return configuration.get("spark.master", "");
  }

  /** Whether tasks run in the driver. */
  public boolean isLocal() {
    return LOCAL.matcher(master()).matches();
  }

  /** Returns how many tasks an executor runs at once, as far as that is known. */
  public int tasks() {
    int each = configuration.getInt("spark.task.cpus", 1);
    Matcher local = LOCAL.matcher(master());
    Matcher cluster = LOCAL_CLUSTER.matcher(master());
    if (local.matches()) {
      String threads = local.group(1) == null ? "1" : local.group(1);
      return threads.equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(threads);
    } else if (cluster.matches()) {
      return Math.max(1, Integer.parseInt(cluster.group(1)) / each);
    }
    return Math.max(1, configuration.getInt("spark.executor.cores", 1) / each);
  }

  /** Returns the bytes of an executor's heap. */
  public long executorBytes() {
    return configuration.getSizeAsBytes("spark.executor.memory", "1g");
  }
}
