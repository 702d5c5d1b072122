package dev.convoy.config.data;

import dev.convoy.image.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * What makes floats of bytes: given, or to be found in the training data.
 *
 * @param values means and deviations; absent for those of the training data
 */
public record Normalizing(@Nullable Normalization values) {
  /** Whether the training data say it. */
  public boolean isAuto() {
    return values == null;
  }
}
