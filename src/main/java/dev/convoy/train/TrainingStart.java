package dev.convoy.train;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.Network;
import dev.convoy.train.frequency.AveragingFrequency;

/**
 * What is about to be trained, and on what.
 *
 * @param name of the job
 * @param network to train
 * @param trainExamples that one epoch uses
 * @param validationExamples that are evaluated after each epoch; 0 without validation data
 * @param testExamples that an evaluation uses; 0 without test data
 * @param workers K
 * @param frequency steps of each worker from one averaging to the next
 * @param batchSize examples of one worker's step
 * @param epochs to train
 * @param roundsPerEpoch rounds of the first epoch
 */
@PublicApi
public record TrainingStart(
    String name,
    Network network,
    long trainExamples,
    long validationExamples,
    long testExamples,
    int workers,
    AveragingFrequency frequency,
    int batchSize,
    int epochs,
    int roundsPerEpoch) {
  /** A training without validation data. */
  public TrainingStart(
      String name,
      Network network,
      long trainExamples,
      long testExamples,
      int workers,
      AveragingFrequency frequency,
      int batchSize,
      int epochs,
      int roundsPerEpoch) {
    this(
        name,
        network,
        trainExamples,
        0,
        testExamples,
        workers,
        frequency,
        batchSize,
        epochs,
        roundsPerEpoch);
  }
}
