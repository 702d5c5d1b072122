package dev.convoy.ml;

import dev.convoy.api.PublicApi;
import dev.convoy.run.EvaluationResult;
import dev.convoy.run.TrainingResult;
import dev.convoy.train.EpochResult;
import dev.convoy.train.TrainingSummary;
import java.util.List;
import java.util.Optional;

/**
 * How a training went. A model has it until it is saved.
 *
 * @param epochs each epoch's losses and accuracies, in their order
 * @param evaluation of the model on the rows of {@code validationIndicatorCol}; empty without it
 * @param training all epochs in short
 */
@PublicApi
public record CnnTrainingSummary(
    List<EpochResult> epochs, Optional<EvaluationResult> evaluation, TrainingSummary training) {
  public CnnTrainingSummary {
    epochs = List.copyOf(epochs);
  }

  static CnnTrainingSummary of(TrainingResult result) {
    return new CnnTrainingSummary(result.history(), result.evaluation(), result.summary());
  }

  /** Returns the mean loss of each epoch, as training met the pictures. */
  public double[] lossHistory() {
    return epochs.stream().mapToDouble(EpochResult::trainLoss).toArray();
  }

  /** Returns the SHA-256 of the model's parameters. */
  public String weightsSha256() {
    return training.weightsSha256();
  }

  /** Returns how many epochs were trained. */
  public int totalIterations() {
    return epochs.size();
  }
}
