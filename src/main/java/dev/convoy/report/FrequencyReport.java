package dev.convoy.report;

import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.RoundTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells what became of {@code averagingFrequency: auto}, in lines for a person. */
public final class FrequencyReport implements TrainingListener {
  private RoundTime time = RoundTime.NONE;
  private int rounds;
  private int steps;
  private boolean wholeEpochs;

  @Override
  public void onRound(RoundResult round) {
    time = time.plus(round.time());
    rounds++;
    wholeEpochs = round.roundsPerEpoch() == 1;
  }

  @Override
  public void onFrequency(FrequencyMeasurement measurement) {
    int now = measurement.choice().schedule().lastSteps();
    if (now != steps) {
      time = RoundTime.NONE;
      rounds = 0;
      steps = now;
    }
  }

  /**
   * Tells what share of the time averaging has taken since the last change, and how the run can be
   * repeated.
   *
   * @param frequency that was followed
   */
  public List<String> lines(AveragingFrequency frequency) {
    String share =
        rounds == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; in the %,d rounds since the last change, waiting and averaging took %.1f%% of the"
                    + " time%s",
                rounds,
                100 * time.overhead(),
                wholeEpochs ? " (a round is an epoch, and can be no longer)" : "");
    return List.of(
        "Averaged " + frequency.description() + share + ".",
        "The same bits again: --set 'distribution.averagingFrequency=" + yaml(frequency) + "'");
  }

  private static String yaml(AveragingFrequency frequency) {
    Staged staged = (Staged) frequency;
    return staged.stages().stream()
        .map(
            stage ->
                String.format(
                    Locale.ROOT,
                    "{epoch: %d, round: %d, steps: %d}",
                    stage.epoch(),
                    stage.round(),
                    stage.steps()))
        .collect(
            Collectors.joining(
                ", ", "{staged: {stages: [", "], maximum: " + staged.maximum() + "}}"));
  }
}
