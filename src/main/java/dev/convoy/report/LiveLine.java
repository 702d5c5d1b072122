package dev.convoy.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** One line that is drawn over, and leaves no trace when it is closed. */
final class LiveLine extends ConsoleProgressBarConsumer {
  private final PrintStream out;

  LiveLine(PrintStream out) {
    super(out);
    this.out = out;
  }

  @Override
  public void close() {
    clear();
    out.flush();
  }
}
