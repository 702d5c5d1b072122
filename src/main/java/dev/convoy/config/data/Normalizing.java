package dev.convoy.config.data;

import dev.convoy.image.Normalization;

/**
 * Says what makes floats of bytes: it is given, or is to be found in the training data.
 *
 * @param values means and deviations; {@code null} for those of the training data
 */
public record Normalizing(Normalization values) {
  /** Returns the means and deviations of the training data. */
  public static Normalizing byData() {
    return new Normalizing(null);
  }

  /** Whether the training data say it. */
  public boolean isAuto() {
    return values == null;
  }
}
