package dev.convoy.cli.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** What Spark says of machines that have too little, in a line that says which setting helps. */
public final class SparkLine {
  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure.*(?:[Cc]ode|[Ss]tatus):? ?(52|137)\\b", Pattern.DOTALL);

  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded");

  /** The status of an executor whose heap was used up, as Spark has it. */
  private static final String HEAP = "52";

  private SparkLine() {}

  /** Returns the line of executors that memory ended; absent for what has another cause. */
  public static @Nullable String executorLost(Throwable e) {
    String message = e.getMessage();
    Matcher lost = LOST.matcher(message == null ? "" : message);
    if (!lost.find()) {
      return null;
    }
    return HEAP.equals(lost.group(1))
        ? "the memory of executors is used up, time and again (they ended with status 52);"
            + " --executor-memory (spark.executor.memory) gives them more"
        : "executors were killed, time and again (status 137), as machines and containers do where"
            + " memory is short; spark.executor.memoryOverhead lets them have more beside their heap";
  }

  /**
   * Returns the line of a disk that is full where Spark's own files lie, of which the system names
   * none; absent for what has another cause.
   *
   * @param e which Spark threw
   * @param cause which the system gave
   */
  public static @Nullable String diskFull(Throwable e, Throwable cause) {
    String reason = cause.getMessage();
    if (e == cause || reason == null || !FULL.matcher(reason).matches()) {
      return null;
    }
    SparkConf configuration = new SparkConf();
    String place = configuration.get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    boolean here = configuration.get("spark.master", "local").startsWith("local");
    return "spark.local.dir, "
        + (here ? place : "of executors")
        + ": can't be written: "
        + reason
        + "; Spark keeps images that memory has no room for there, and what it deals anew";
  }
}
