package dev.convoy.cli;

import dev.convoy.run.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What Java means by an {@link Error}, in a line: memory that is used up, what is nested too deep,
 * and classes that do not fit. None of them is a stack trace to the user.
 */
final class ErrorLine {
  private static final long MIB = 1 << 20;
  private static final String OURS = "dev.convoy.";

  private ErrorLine() {}

  /** Returns the line; absent for an error of another kind. */
  static @Nullable String of(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return memory(e);
    } else if (e instanceof StackOverflowError) {
      return "the stack is used up" + where(e) + ": what is read is nested too deep";
    } else if (e instanceof LinkageError) {
      return "a class does not fit: "
          + e.getClass().getSimpleName()
          + ": "
          + e.getMessage()
          + where(e)
          + "; this is Convoy "
          + Version.convoy()
          + " with Spark "
          + spark()
          + " on Java "
          + Runtime.version().feature()
          + ": Spark 3.5, or 4.1 and newer, for Scala 2.13 is needed, and --jars must bring no other"
          + " version of its libraries";
    }
    return null;
  }

  private static String memory(Throwable e) {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("native thread")) {
      return "no more threads can be started ("
          + reason
          + "): the limit of processes (ulimit -u), or of the container, is reached";
    }
    return "memory is used up ("
        + reason
        + ")"
        + where(e)
        + ": the driver may take "
        + Runtime.getRuntime().maxMemory() / MIB
        + " MiB; --driver-memory gives it more";
  }

  /** Tells which of our classes was at work. */
  private static String where(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .map(
            frame ->
                " in "
                    + frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1)
                    + "."
                    + frame.getMethodName())
        .orElse("");
  }

  private static String spark() {
    try {
      return Version.spark();
    } catch (LinkageError e) {
      return "of another kind"; // its classes are not there
    }
  }
}
