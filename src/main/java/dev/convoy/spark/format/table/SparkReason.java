package dev.convoy.spark.format.table;

import dev.convoy.tensor.MessageLine;

/** Says in a line why Spark could not do something, and what package it lacks for that. */
public final class SparkReason {
  private SparkReason() {}

  /** Errors that Spark has a name for begin with it, as in {@code [PATH_NOT_FOUND]}. */
  private static final String NAMED = "[";

  /**
   * Returns the first line of what the outermost cause says that Spark has a name for, else of what
   * the innermost one says; its kind where it says nothing.
   */
  public static String of(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null && root.getCause() != root && !isNamed(root)) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : root.getMessage().strip();
    String line = message.lines().findFirst().orElse("").strip();
    return MessageLine.of(line.isEmpty() ? root.getClass().getSimpleName() : line)
        + MissingPackage.cure(problem);
  }

  private static boolean isNamed(Throwable cause) {
    return cause.getMessage() != null && cause.getMessage().startsWith(NAMED);
  }
}
