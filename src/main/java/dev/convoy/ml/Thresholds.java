package dev.convoy.ml;

import org.apache.spark.ml.util.Identifiable;
import org.jspecify.annotations.Nullable;

/** Checks thresholds against the classes that there are. */
final class Thresholds {
  private Thresholds() {}

  /**
   * Checks.
   *
   * @param values absent where there are none
   * @throws IllegalArgumentException if there is not one a class
   */
  static void check(Identifiable stage, double @Nullable [] values, int classes) {
    if (values != null && values.length != classes) {
      throw new IllegalArgumentException(
          stage.uid()
              + ": thresholds must have one value a class, "
              + classes
              + ", but has "
              + values.length);
    }
  }
}
