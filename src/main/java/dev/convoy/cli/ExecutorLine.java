package dev.convoy.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Spark says of executors that memory ended, in a line that says which setting helps. */
final class ExecutorLine {
  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure.*(?:[Cc]ode|[Ss]tatus):? ?(52|137)\\b", Pattern.DOTALL);

  /** The status of an executor whose heap was used up, as Spark has it. */
  private static final String HEAP = "52";

  private ExecutorLine() {}

  /** Returns the line; absent for what has another cause. */
  static @Nullable String of(Throwable e) {
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
}
