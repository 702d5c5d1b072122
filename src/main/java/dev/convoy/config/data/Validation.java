package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import org.jspecify.annotations.Nullable;

/**
 * Says which examples show, after each epoch, how a training does: they choose, and the test data
 * are left to judge. They are a source of their own, or a share of the training data.
 *
 * @param source the examples; absent where a share of the training data is taken
 * @param share of the training data that no step is made on, above 0 and at most 0.5; absent where
 *     there is a source
 */
@PublicApi
public record Validation(@Nullable DataSource source, @Nullable Double share) {
  private static final double MOST = 0.5;

  public Validation {
    if ((source == null) == (share == null)) {
      throw new IllegalArgumentException(
          "Validation.share must be given, or else a source, but "
              + (share == null ? "neither is" : "both are"));
    }
    if (share != null && !(share > 0 && share <= MOST)) {
      throw new IllegalArgumentException(
          "Validation.share must be above 0 and at most " + MOST + ", but was " + share);
    }
  }

  /** Returns validation data that are a source of their own. */
  public static Validation of(DataSource source) {
    return new Validation(source, null);
  }

  /** Returns this share of the training data. */
  public static Validation ofTraining(double share) {
    return new Validation(null, share);
  }
}
