package dev.convoy.report;

import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.RoundTime;
import java.util.Locale;

/** Tells what the time of a training went into, in a line for a person. */
public final class TimeShares {
  /** The share of waiting and averaging from which on a hint pays. */
  private static final double MUCH = 0.2;

  private TimeShares() {}

  /**
   * Writes the shares, as in {@code Time: computing 95.1%, waiting for Spark 3.2%, averaging
   * 1.7%.}, and how there would be more computing where there is little.
   */
  public static String line(RoundTime time, Averaging averaging) {
    String line =
        String.format(
            Locale.ROOT,
            "Time: computing %s, waiting for Spark %s, averaging %s.",
            percent(time.computeSeconds(), time),
            percent(time.waitSeconds(), time),
            percent(time.averageSeconds(), time));
    if (time.overhead() <= MUCH) {
      return line;
    }
    return line
        + (averaging == Averaging.PARAMETERS
            ? " A larger distribution.averagingFrequency makes more of it computing."
            : " A larger training.batchSize, or averaging parameters, makes more of it computing.");
  }

  private static String percent(double seconds, RoundTime time) {
    double whole = time.seconds();
    return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0 : 100 * seconds / whole);
  }
}
