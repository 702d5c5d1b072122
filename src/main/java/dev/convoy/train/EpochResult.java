package dev.convoy.train;

import dev.convoy.api.PublicApi;
import dev.convoy.train.round.RoundTime;
import org.jspecify.annotations.Nullable;

/**
 * How one epoch went.
 *
 * @param epoch from 1
 * @param trainLoss mean over the epoch's examples, each taken before the step that it was part of
 * @param trainAccuracy share of them, in {@code [0, 1]}, that was predicted right at that moment,
 *     as {@link dev.convoy.loss.Task} has it; NaN for regression
 * @param validationLoss mean over the validation examples after the epoch; absent without
 *     validation data
 * @param validationAccuracy share of the validation examples, in {@code [0, 1]}, that is predicted
 *     right; NaN for regression; absent without validation data
 * @param testLoss mean over the test examples after the epoch; absent without test data, and where
 *     validation data leave them for the end
 * @param testAccuracy share of the test examples, in {@code [0, 1]}, that is predicted right; NaN
 *     for regression; absent where the loss is
 * @param examples that the epoch used
 * @param time that its rounds took, without the evaluation
 * @param weightsChange how far the epoch moved the parameters, by Euclidean norms: of the change,
 *     divided by that of the parameters before it, over a sample of them; absent where the epoch
 *     did not begin in this run
 */
@PublicApi
public record EpochResult(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double validationAccuracy,
    @Nullable Double testLoss,
    @Nullable Double testAccuracy,
    long examples,
    RoundTime time,
    @Nullable Double weightsChange) {
  /** An epoch without validation data, of which it is not known how far it moved the parameters. */
  public EpochResult(
      int epoch,
      double trainLoss,
      double trainAccuracy,
      @Nullable Double testLoss,
      @Nullable Double testAccuracy,
      long examples,
      RoundTime time) {
    this(epoch, trainLoss, trainAccuracy, null, null, testLoss, testAccuracy, examples, time, null);
  }

  /** Returns the loss on the examples that are evaluated after each epoch, if there are some. */
  public @Nullable Double watchedLoss() {
    return validationLoss == null ? testLoss : validationLoss;
  }

  /**
   * Returns the accuracy on the examples that are evaluated after each epoch, if there are some.
   */
  public @Nullable Double watchedAccuracy() {
    return validationLoss == null ? testAccuracy : validationAccuracy;
  }

  /** Training examples a second. */
  public double imagesPerSecond() {
    return examples / time.seconds();
  }
}
