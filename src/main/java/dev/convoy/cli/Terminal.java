package dev.convoy.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks on. */
public final class Terminal {
  /** What standard output is, on Linux. */
  private static final Path OUTPUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /** Whether lines on standard output may be drawn over. */
  public static boolean isLive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether standard output is a terminal, wherever the input comes from. */
  static boolean isOutput() {
    try {
      String output = Files.readSymbolicLink(OUTPUT).toString();
      return output.matches("/dev/(pts/.+|tty.*|console)");
    } catch (IOException | UnsupportedOperationException e) {
      Console console = System.console(); // no Linux
      return console != null && isTerminal(console);
    }
  }

  /** Asks the console, which there always is from Java 22 on. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // an older Java: it has a console on a terminal alone
    }
  }
}
