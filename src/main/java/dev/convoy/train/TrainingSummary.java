package dev.convoy.train;

import dev.convoy.api.PublicApi;
import dev.convoy.train.round.RoundTime;
import org.jspecify.annotations.Nullable;

/**
 * What a training came to.
 *
 * @param validationLoss mean over the validation examples, of the weights that are kept; absent
 *     without validation data
 * @param validationAccuracy share of the validation examples, in {@code [0, 1]}, that is predicted
 *     right; NaN for regression; absent without validation data
 * @param testLoss mean over the test examples, of the weights that are kept; absent without test
 *     data
 * @param testAccuracy share of the test examples, in {@code [0, 1]}, that is predicted right; NaN
 *     for regression; absent without test data
 * @param time that all rounds took, without evaluations
 * @param imagesPerSecond training examples used, divided by these seconds
 * @param parameters trainable values of the network
 * @param weightsSha256 of the parameters that are kept, as {@link dev.convoy.nn.Fingerprint} has it
 * @param rounds done
 * @param stopped whether the training was asked to stop before its last round
 * @param bestEpoch the epoch, from 1, whose weights are kept; absent where those of the last round
 *     are, without early stopping
 * @param stoppedEarly whether the training ended because the examples that were watched showed no
 *     more progress
 */
@PublicApi
public record TrainingSummary(
    @Nullable Double validationLoss,
    @Nullable Double validationAccuracy,
    @Nullable Double testLoss,
    @Nullable Double testAccuracy,
    RoundTime time,
    double imagesPerSecond,
    int parameters,
    String weightsSha256,
    long rounds,
    boolean stopped,
    @Nullable Integer bestEpoch,
    boolean stoppedEarly) {
  /** A training without validation data. */
  public TrainingSummary(
      @Nullable Double testLoss,
      @Nullable Double testAccuracy,
      RoundTime time,
      double imagesPerSecond,
      int parameters,
      String weightsSha256,
      long rounds,
      boolean stopped,
      @Nullable Integer bestEpoch,
      boolean stoppedEarly) {
    this(
        null,
        null,
        testLoss,
        testAccuracy,
        time,
        imagesPerSecond,
        parameters,
        weightsSha256,
        rounds,
        stopped,
        bestEpoch,
        stoppedEarly);
  }
}
