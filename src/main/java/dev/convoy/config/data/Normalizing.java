package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.image.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * Says what makes floats of bytes: it is given, or is to be found in the training data.
 *
 * @param values means and deviations; absent for those of the training data
 */
@PublicApi
public record Normalizing(@Nullable Normalization values) {
  /** Returns the means and deviations of the training data. */
  /** Returns the means and deviations of the training data. */
  public static Normalizing byData() {
    return new Normalizing(null);
  }

  /** Whether the training data say it. */
  public boolean isAuto() {
    return values == null;
  }
}
