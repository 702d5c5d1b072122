package dev.convoy.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, or the signal by which a cluster ends a program: the first one asks the training to stop
 * after its round, the second ends the program at once.
 */
public final class Interrupt implements BooleanSupplier, AutoCloseable {
  private static final List<Signal> SIGNALS = List.of(new Signal("INT"), new Signal("TERM"));

  private final PrintStream err;
  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private volatile boolean stop;

  private Interrupt(PrintStream err) {
    this.err = err;
  }

  /** Watches for the signals from now on. */
  static Interrupt watch(PrintStream err) {
    Interrupt interrupt = new Interrupt(err);
    SIGNALS.forEach(
        signal -> interrupt.before.put(signal, Signal.handle(signal, s -> interrupt.ask())));
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

  /** Lets signals do again what they did before. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
