package dev.convoy.cli;

import java.io.Console;

/** Whether a person looks on. */
public final class Terminal {
  private Terminal() {}

  /** Whether lines on standard output may be drawn over. */
  public static boolean isLive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
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
