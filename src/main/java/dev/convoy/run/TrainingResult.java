package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.model.Model;
import dev.convoy.train.EpochResult;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.frequency.AveragingFrequency;
import java.util.List;
import java.util.Optional;

/**
 * What a training came to.
 *
 * @param model of the weights that are kept: the last ones, or the best where there is early
 *     stopping
 * @param modelFolder where it lies
 * @param metricsFile where the log of rounds and epochs lies
 * @param evaluation of the model on the test data, at the end; empty without test data
 * @param history how each epoch of this run went, in their order; of a run that went on from a
 *     checkpoint, those after it
 * @param summary of all epochs
 * @param frequency steps of each worker from one averaging to the next: as the job says, or as it
 *     was measured
 * @param skipped a line for each record of the data that could not be used
 * @param checkpointFailure why a checkpoint could not be written; empty if all could
 * @param metricsFailure why the log ends before the training; empty if it does not
 */
@PublicApi
public record TrainingResult(
    Model model,
    String modelFolder,
    String metricsFile,
    Optional<EvaluationResult> evaluation,
    List<EpochResult> history,
    TrainingSummary summary,
    AveragingFrequency frequency,
    List<String> skipped,
    Optional<String> checkpointFailure,
    Optional<String> metricsFailure) {
  /** Copies the lists. */
  public TrainingResult {
    history = List.copyOf(history);
    skipped = List.copyOf(skipped);
  }
}
