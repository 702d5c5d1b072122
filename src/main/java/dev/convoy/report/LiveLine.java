package dev.convoy.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** One line that is drawn over, and leaves no trace when it is closed. */
final class LiveLine extends ConsoleProgressBarConsumer {
  private final PrintStream out;

  LiveLine(PrintStream out, int columns) {
    super(out, columns - 1); // a full line would begin the next
    this.out = out;
  }

  @Override
  public void close() {
    clear();
    out.flush();
  }
}
