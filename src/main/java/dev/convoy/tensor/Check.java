package dev.convoy.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, whose errors say who, the rule, and the value found. */
public final class Check {
  private Check() {}

  /** Refuses a value below 1. {@code who} is as in {@code MaxPool2d.stride}. */
  public static int positive(int value, String who) {
    return atLeast(value, 1, who);
  }

  /** Refuses a value below {@code least}. */
  public static int atLeast(int value, int least, String who) {
    if (value < least) {
      throw new IllegalArgumentException(who + " must be at least " + least + ", but was " + value);
    }
    return value;
  }

  /** Refuses a list that is longer than anyone means: each item is work for every image. */
  public static void atMost(List<?> list, int most, String who) {
    if (list.size() > most) {
      throw new IllegalArgumentException(
          who + " must have at most " + most + " items, but has " + list.size());
    }
  }

  /** Refuses a value that is not above 0, or not finite. */
  public static float positive(float value, String who) {
    if (!(value > 0) || Float.isInfinite(value)) {
      throw new IllegalArgumentException(who + " must be above 0, but was " + value);
    }
    return value;
  }

  /** Refuses a value that is not above 0, or not finite. */
  public static double positive(double value, String who) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(who + " must be above 0, but was " + value);
    }
    return value;
  }

  /** Refuses a value below 1. */
  public static long positive(long value, String who) {
    if (value < 1) {
      throw new IllegalArgumentException(who + " must be at least 1, but was " + value);
    }
    return value;
  }

  /** Refuses a value below {@code least}, or not finite. */
  public static double atLeast(double value, int least, String who) {
    if (!(value >= least) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(who + " must be at least " + least + ", but was " + value);
    }
    return value;
  }

  /** Returns the value, which must be a finite number. */
  public static float finite(float value, String who) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(who + " must be a finite number, but was " + value);
    }
    return value;
  }

  /** Refuses a value below 0, or not finite. */
  public static float notNegative(float value, String who) {
    if (!(value >= 0) || Float.isInfinite(value)) {
      throw new IllegalArgumentException(who + " must be at least 0, but was " + value);
    }
    return value;
  }

  /** Refuses a value below 0, or not finite. */
  public static double notNegative(double value, String who) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(who + " must be at least 0, but was " + value);
    }
    return value;
  }

  /** Refuses a value outside {@code [0, 1)}. */
  public static double fraction(double value, String who) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(who + " must be at least 0 and below 1, but was " + value);
    }
    return value;
  }

  /** Refuses a value outside {@code [0, 1)}. */
  public static float fraction(float value, String who) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(who + " must be at least 0 and below 1, but was " + value);
    }
    return value;
  }

  /** Refuses a value that is absent. */
  public static <T> T present(@Nullable T value, String who) {
    if (value == null) {
      throw new IllegalArgumentException(who + " is required, but was absent");
    }
    return value;
  }

  /** Refuses a range that does not lie inside an array. */
  public static void range(int offset, long length, int arrayLength, String who) {
    if (offset < 0 || length < 0 || offset + length > arrayLength) {
      throw new IndexOutOfBoundsException(
          who + " needs [" + offset + ", " + (offset + length) + ") of an array of " + arrayLength);
    }
  }
}
