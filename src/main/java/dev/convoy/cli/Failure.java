package dev.convoy.cli;

import dev.convoy.cli.console.OutputException;
import dev.convoy.cli.console.SparkLine;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.image.DataException;
import dev.convoy.model.ModelException;
import dev.convoy.run.WrongInputException;
import dev.convoy.tensor.ShapeException;
import dev.convoy.tensor.Visible;
import dev.convoy.train.fault.NonFiniteException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an exception means to the user: a line and an exit status. */
public final class Failure {
  public static final int DONE = 0;
  public static final int OTHER = 1;
  static final int WRONG_INPUT = 2;

  /** The status that a shell has for a program that SIGINT ended. */
  public static final int STOPPED = 130;

  /** The status that a shell has for a program whose reader went: that of SIGPIPE. */
  static final int UNREAD = 141;

  private Failure() {}

  /** Whether the user's input is at fault, or anything else. */
  public static int status(Throwable e) {
    Throwable telling = telling(e);
    if (telling instanceof OutputException output && output.isUnread()) {
      return UNREAD;
    }
    return isWrongInput(telling) ? WRONG_INPUT : OTHER;
  }

  private static boolean isWrongInput(Throwable e) {
    return e instanceof ConfigException
        || e instanceof DataException
        || e instanceof ModelException
        || e instanceof ShapeException
        || e instanceof WrongInputException;
  }

  private static boolean speaksForItself(Throwable e) {
    return isWrongInput(e)
        || e instanceof NonFiniteException
        || e instanceof UncheckedIOException
        || (e instanceof IOException && !(e instanceof ObjectStreamException));
  }

  /**
   * Returns the outermost of an exception and its causes that is meant for people: Spark wraps what
   * happens in a task, and Java what happens in another thread.
   */
  private static Throwable telling(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (speaksForItself(cause) || ErrorLine.of(cause) != null) {
        return cause;
      }
    }
    return e;
  }

  /** Returns one line, with options of the command line where the library names its own. */
  public static String message(Throwable e) {
    Throwable telling = telling(e);
    String known = known(e, telling);
    if (known != null) {
      return known;
    }
    String message = telling.getMessage() == null ? telling.toString() : telling.getMessage();
    if (!isWrongInput(telling)) {
      // Others than us put stack traces behind a line.
      message = message.lines().findFirst().orElse(message);
    }
    if (!speaksForItself(telling)) {
      message = telling.getClass().getSimpleName() + ": " + message;
    }
    return Visible.line(message.strip())
        .replace("OutputUse.OVERWRITE", "--overwrite")
        .replace("OutputUse.RESUME", "--resume");
  }

  private static @Nullable String known(Throwable e, Throwable telling) {
    String line = ErrorLine.of(telling);
    line = line == null ? SparkLine.executorLost(telling) : line;
    return line == null ? SparkLine.diskFull(e, telling) : line;
  }

  /** Returns the lines of a stack trace. */
  static List<String> trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString().lines().toList();
  }
}
