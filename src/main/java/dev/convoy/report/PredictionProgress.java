package dev.convoy.report;

import java.io.PrintStream;

/** Tells how predictions go on, in a line every few seconds. */
public final class PredictionProgress {
  /** The time from one line to the next, so that a log stays readable. */
  private static final double LINE_SECONDS = 5;

  private static final double NANOS = 1e9;

  private final PrintStream out;
  private long start = System.nanoTime();
  private double told;

  /** Progress to this stream. */
  public PredictionProgress(PrintStream out) {
    this.out = out;
  }

  /**
   * Hears of one more part that is done, and of the start.
   *
   * @param pictures of all parts that are done
   * @param done parts of all; 0 at the start
   */
  public void onPart(long pictures, int done, int all) {
    if (done == 0) {
      start = System.nanoTime();
      return;
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    if (seconds - told >= LINE_SECONDS) {
      told = seconds;
      out.println(
          "Predicted "
              + Numbers.count(pictures)
              + (pictures == 1 ? " picture, " : " pictures, ")
              + Numbers.count(done)
              + " of "
              + Numbers.count(all)
              + " parts, "
              + Numbers.rate(pictures / seconds)
              + " pictures/s");
    }
  }
}
