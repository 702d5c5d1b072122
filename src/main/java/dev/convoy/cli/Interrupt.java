package dev.convoy.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, the signal by which a cluster ends a program, or that of a terminal that is closed: the
 * first one asks the training to stop after its round, the second ends the program at once, as does
 * the first before there are rounds.
 */
public final class Interrupt implements BooleanSupplier, AutoCloseable {
  private static final List<Signal> SIGNALS =
      List.of(new Signal("INT"), new Signal("TERM"), new Signal("HUP"));

  private final PrintStream err;
  private final String end;
  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private volatile boolean waits;
  private volatile boolean stop;

  private Interrupt(PrintStream err, String end) {
    this.err = err;
    this.end = end;
  }

  /** Watches for the signals from now on. */
  static Interrupt watch(PrintStream err) {
    return watch(err, "Stopped before training began.");
  }

  /**
   * Watches for the signals from now on.
   *
   * @param end the line that tells of the end of what does not wait for rounds
   */
  static Interrupt watch(PrintStream err, String end) {
    Interrupt interrupt = new Interrupt(err, end);
    SIGNALS.forEach(
        signal -> interrupt.before.put(signal, Signal.handle(signal, s -> interrupt.ask())));
    return interrupt;
  }

  /** Has signals wait for the end of a round from now on. */
  void waitForRounds() {
    waits = true;
  }

  /** Whether this JVM is ending: then what fails has failed by that. */
  static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      return !Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException e) {
      return true; // as it says where hooks run already
    }
  }

  private void ask() {
    if (stop) {
      Runtime.getRuntime().halt(Failure.STOPPED);
    }
    stop = true;
    if (waits) {
      err.println("Stopping after this round, and saving; Ctrl-C again ends at once.");
    } else {
      err.println(end);
      err.flush();
      // Spark's threads print stack traces of what they can't do any more.
      System.setErr(new PrintStream(OutputStream.nullOutputStream()));
      System.exit(Failure.STOPPED); // and Spark ends its executors
    }
  }

  @Override
  public boolean getAsBoolean() {
    return stop;
  }

  /** Lets signals do again what they did before. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
