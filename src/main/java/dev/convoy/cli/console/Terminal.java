package dev.convoy.cli.console;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks on. */
public final class Terminal {
  /** What standard output is, on Linux. */
  private static final Path OUTPUT = Path.of("/proc/self/fd/1");

  private static final File TERMINAL = new File("/dev/tty");
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** Whether lines on standard output may be drawn over. */
  public static boolean isLive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether standard output is a terminal, wherever the input comes from. */
  public static boolean isOutput() {
    try {
      String output = Files.readSymbolicLink(OUTPUT).toString();
      return output.matches("/dev/(pts/.+|tty.*|console)");
    } catch (IOException | UnsupportedOperationException e) {
      Console console = System.console(); // no Linux
      return console != null && isTerminal(console);
    }
  }

  /** Returns how many columns the terminal has: as the user says, or as it does, or the usual. */
  public static int columns() {
    String told = System.getenv("COLUMNS");
    if (told != null && told.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(told);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] rowsAndColumns = size.strip().split(" ");
      int columns = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS; // no such program: no Unix
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
