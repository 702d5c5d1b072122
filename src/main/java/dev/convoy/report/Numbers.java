package dev.convoy.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as reports show them, the same in every locale. */
public final class Numbers {
  private Numbers() {}

  /** Writes a count as in {@code 12,345}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Writes a sum of weights: whole ones as counts, others as in {@code 12,345.67}. */
  public static String count(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
    return whole ? count((long) value) : String.format(Locale.ROOT, "%,.2f", value);
  }

  /** A rate, as in {@code 12,345}. */
  public static String rate(double value) {
    return count(Math.round(value));
  }

  /** A share of 1, as in {@code 0.8912}. */
  public static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A loss, as in {@code 0.3123}; {@code -} if it is absent or NaN: there is none. */
  public static String orDash(@Nullable Double value) {
    return value == null || value.isNaN() ? "-" : share(value);
  }

  /** Seconds, as in {@code 3.2}. */
  public static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Three digits that count, as in {@code 0.0123} or {@code 1.23e-07}. */
  public static String significant(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }
}
