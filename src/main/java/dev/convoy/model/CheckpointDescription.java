package dev.convoy.model;

import dev.convoy.tensor.Check;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.RoundTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what {@code checkpoint.json} says of a {@link Checkpoint}.
 *
 * @param formatVersion of the folder
 * @param round rounds done
 * @param step optimizer steps that a worker has made
 * @param epoch of the next round, from 1
 * @param roundInEpoch rounds of that epoch that are done
 * @param testedEpochs epochs after which the validation examples, or else the test examples, were
 *     evaluated
 * @param weightsSha256 of the parameters
 * @param epochSums over the rounds of the running epoch
 * @param sums over all rounds
 * @param best the epoch whose weights are the best so far; absent where none are kept
 * @param rollbacks how often the training went back; absent for never
 * @param unfrozenAtSteps steps that were made before each unfreezing so far; absent for none
 * @param averagingFrequency what was chosen of the steps of rounds; absent where it is given
 * @param run what the training is
 */
public record CheckpointDescription(
    int formatVersion,
    int round,
    long step,
    int epoch,
    int roundInEpoch,
    int testedEpochs,
    String weightsSha256,
    Sums epochSums,
    Sums sums,
    @Nullable Best best,
    @Nullable Integer rollbacks,
    @Nullable List<Long> unfrozenAtSteps,
    @Nullable Chosen averagingFrequency,
    RunIdentity run) {
  /** More can't be: each took a round at least, and history is copied in each. */
  private static final int MAX_EPOCHS = 1 << 24;

  public CheckpointDescription {
    Check.atLeast(round, 0, "CheckpointDescription.round");
    Check.positive(epoch, "CheckpointDescription.epoch");
    Check.present(weightsSha256, "CheckpointDescription.weightsSha256");
    Check.present(epochSums, "CheckpointDescription.epochSums");
    Check.present(sums, "CheckpointDescription.sums");
    Check.present(run, "CheckpointDescription.run");
    if (rollbacks != null) {
      Check.positive(rollbacks, "CheckpointDescription.rollbacks");
    }
    if (testedEpochs < 0 || testedEpochs > Math.min(epoch - 1, MAX_EPOCHS)) {
      throw new IllegalArgumentException(
          "CheckpointDescription.testedEpochs must be 0 to the epochs done, "
              + (epoch - 1)
              + ", but was "
              + testedEpochs);
    }
    if (roundInEpoch != epochSums.rounds() || round != sums.rounds()) {
      throw new IllegalArgumentException(
          "CheckpointDescription.round must be as many as are summed, "
              + sums.rounds()
              + ", but was "
              + round);
    }
    if (best != null && (best.epoch() < 1 || best.epoch() > testedEpochs)) {
      throw new IllegalArgumentException(
          "CheckpointDescription.best.epoch must be one that was tested, but was " + best.epoch());
    }
  }

  /**
   * The best weights so far.
   *
   * @param epoch after which they were
   * @param round after which they were
   * @param step after which they were
   */
  public record Best(int epoch, int round, long step) {}

  /**
   * Holds what was chosen for the steps of rounds.
   *
   * @param stages of rounds of as many steps each
   * @param maximum of their steps
   * @param settled whether no more is measured
   */
  public record Chosen(List<Staged.Stage> stages, int maximum, boolean settled) {
    static Chosen of(FrequencyChoice choice) {
      Staged schedule = choice.schedule();
      return new Chosen(schedule.stages(), schedule.maximum(), choice.settled());
    }

    FrequencyChoice choice() {
      return new FrequencyChoice(new Staged(stages, maximum), settled);
    }
  }

  /**
   * Sums over rounds, as {@link RoundSums} has them.
   *
   * @param rounds summed up
   * @param examples that they used
   * @param weight of these examples
   * @param counted sum of their own weights; absent where each weighs 1
   * @param lossSum over the examples
   * @param correct how many were predicted right; absent in regression, which has none
   * @param computeSeconds of the rounds' times, as the next two
   * @param waitSeconds of the rounds' times
   * @param averageSeconds of the rounds' times
   */
  public record Sums(
      long rounds,
      long examples,
      double weight,
      @Nullable Double counted,
      double lossSum,
      @Nullable Double correct,
      double computeSeconds,
      double waitSeconds,
      double averageSeconds) {
    static Sums of(RoundSums sums) {
      return new Sums(
          sums.rounds(),
          sums.examples(),
          sums.weight(),
          sums.counted() == sums.examples() ? null : sums.counted(),
          sums.lossSum(),
          Double.isNaN(sums.correct()) ? null : sums.correct(),
          sums.time().computeSeconds(),
          sums.time().waitSeconds(),
          sums.time().averageSeconds());
    }

    RoundSums roundSums() {
      return new RoundSums(
          rounds,
          examples,
          weight,
          counted == null ? examples : counted,
          lossSum,
          correct == null ? Double.NaN : correct,
          new RoundTime(computeSeconds, waitSeconds, averageSeconds));
    }
  }
}
