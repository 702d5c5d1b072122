package dev.convoy.cli;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.image.DataException;
import dev.convoy.model.ModelException;
import dev.convoy.run.WrongInputException;
import dev.convoy.tensor.ShapeException;
import dev.convoy.train.fault.NonFiniteException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an exception means to the user: a line and an exit status. */
public final class Failure {
  public static final int DONE = 0;
  public static final int OTHER = 1;
  static final int WRONG_INPUT = 2;

  /** The status that a shell has for a program that SIGINT ended. */
  public static final int STOPPED = 130;

  private Failure() {}

  /** Whether the user's input is at fault, or anything else. */
  public static int status(Throwable e) {
    return isWrongInput(e) ? WRONG_INPUT : OTHER;
  }

  private static boolean isWrongInput(Throwable e) {
    return e instanceof ConfigException
        || e instanceof DataException
        || e instanceof ModelException
        || e instanceof ShapeException
        || e instanceof WrongInputException;
  }

  /** Returns one line, with options of the command line where the library names its own. */
  public static String message(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    boolean speaksForItself =
        isWrongInput(e)
            || e instanceof NonFiniteException
            || e instanceof UncheckedIOException
            || e instanceof IOException;
    if (!speaksForItself) {
      message = e.getClass().getSimpleName() + ": " + message;
    }
    return message
        .lines()
        .findFirst()
        .orElse(message)
        .strip()
        .replace("OutputUse.OVERWRITE", "--overwrite")
        .replace("OutputUse.RESUME", "--resume");
  }
}
