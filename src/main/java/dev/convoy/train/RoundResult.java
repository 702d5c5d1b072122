package dev.convoy.train;

import dev.convoy.api.PublicApi;
import dev.convoy.train.round.RoundTime;
import java.util.List;

/**
 * How one round went.
 *
 * @param epoch from 1
 * @param round of the whole training, from 1
 * @param roundInEpoch from 1
 * @param roundsPerEpoch rounds that an epoch has
 * @param examples that all workers used in this round
 * @param loss mean over these examples, each taken before the step that it was part of
 * @param accuracy share of them, in {@code [0, 1]}, that was predicted right at that moment, as
 *     {@link dev.convoy.loss.Task} has it; NaN for regression
 * @param learningRate in force in the round's last step
 * @param time that the round took
 * @param weightsSha256 of the parameters after the round, as {@link dev.convoy.nn.Fingerprint} has
 *     it
 * @param contributions the {@link dev.convoy.train.round.Contribution#hashText} of each worker's,
 *     in worker order
 */
@PublicApi
public record RoundResult(
    int epoch,
    int round,
    int roundInEpoch,
    int roundsPerEpoch,
    long examples,
    double loss,
    double accuracy,
    float learningRate,
    RoundTime time,
    String weightsSha256,
    List<String> contributions) {
  /** A round of which no contribution is told. */
  public RoundResult(
      int epoch,
      int round,
      int roundInEpoch,
      int roundsPerEpoch,
      long examples,
      double loss,
      double accuracy,
      float learningRate,
      RoundTime time,
      String weightsSha256) {
    this(
        epoch,
        round,
        roundInEpoch,
        roundsPerEpoch,
        examples,
        loss,
        accuracy,
        learningRate,
        time,
        weightsSha256,
        List.of());
  }
}
