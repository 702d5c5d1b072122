package dev.convoy.cli;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/**
 * Ctrl-C, or the signal by which a cluster ends a program: the first one asks the training to stop
 * after its round, the second ends the program at once.
 */
final class Interrupt implements BooleanSupplier {
  private final PrintStream err;
  private volatile boolean stop;

  private Interrupt(PrintStream err) {
    this.err = err;
  }

  /** Watches for the signals from now on. */
  static Interrupt watch(PrintStream err) {
    Interrupt interrupt = new Interrupt(err);
    Signal.handle(new Signal("INT"), signal -> interrupt.ask());
    Signal.handle(new Signal("TERM"), signal -> interrupt.ask());
    return interrupt;
  }

  private void ask() {
    if (stop) {
      Runtime.getRuntime().halt(Failure.STOPPED);
    }
    stop = true;
    err.println("Stopping after this round, and saving; Ctrl-C again ends at once.");
  }

  @Override
  public boolean getAsBoolean() {
    return stop;
  }
}
