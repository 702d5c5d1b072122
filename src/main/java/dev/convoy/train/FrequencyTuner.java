package dev.convoy.train;

import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.frequency.Staged.Stage;
import dev.convoy.train.round.RoundTime;
import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks H by what rounds take: {@code H = c · (1 - s) / (s · t)} steps of t seconds make of c
 * seconds beyond computing the share s. Compilers are at work in the first rounds, so that it looks
 * again, after more rounds each time, and changes H where that is far from what it should be; a
 * bounded number of times, and no more once it was right.
 */
final class FrequencyTuner {
  /** Rounds until the first look; what Java compiles in them is the most. */
  private static final int FIRST_ROUNDS = 8;

  /** Rounds after a change that are not looked at: buffers grow, and code is compiled anew. */
  private static final int SKIPPED_ROUNDS = 2;

  private static final int MOST_LOOKS = 5;

  /**
   * Part of the share that is aimed at, so that noise does not lift it above what was asked for.
   */
  private static final double AIM = 0.75;

  /** An H so near to the right one stays. */
  private static final double NEAR = 0.1;

  private final Auto auto;
  private final Sampler sampler;
  private final List<Double> stepSeconds = new ArrayList<>();
  private final List<Double> beyondSeconds = new ArrayList<>();
  private FrequencyChoice choice;
  private int looks;
  private int heard;

  /**
   * Goes on from a choice.
   *
   * @param from where it stands; absent before the first round
   */
  FrequencyTuner(Auto auto, Sampler sampler, @Nullable FrequencyChoice from) {
    this.auto = auto;
    this.sampler = sampler;
    this.choice = from == null ? FrequencyChoice.first(auto) : from;
    this.looks = choice.schedule().stages().size() - 1;
  }

  FrequencyChoice choice() {
    return choice;
  }

  /**
   * Hears of a round.
   *
   * @param epoch of the next round
   * @param roundInEpoch of the next round
   * @param steps that the round had
   * @return what was found, where this round was the last to look at; absent elsewhere
   */
  @Nullable FrequencyMeasurement after(int epoch, int roundInEpoch, int steps, RoundTime time) {
    if (choice.settled()) {
      return null;
    }
    heard++;
    if (heard > SKIPPED_ROUNDS) {
      stepSeconds.add(time.computeSeconds() / steps);
      beyondSeconds.add(time.waitSeconds() + time.averageSeconds());
    }
    if (heard < FIRST_ROUNDS << Math.max(0, looks - 1)) {
      return null;
    }
    double step = median(stepSeconds);
    double beyond = median(beyondSeconds);
    decide(epoch, roundInEpoch, steps(step, beyond));
    stepSeconds.clear();
    beyondSeconds.clear();
    heard = 0;
    return new FrequencyMeasurement(epoch, roundInEpoch, step, beyond, choice);
  }

  /** Picks no more. */
  void settle() {
    choice = choice.settle();
  }

  private void decide(int epoch, int roundInEpoch, int steps) {
    looks++;
    int now = choice.schedule().lastSteps();
    if (Math.abs(steps - now) > NEAR * now) {
      choice = choice.and(new Stage(epoch, roundInEpoch, steps), looks == MOST_LOOKS);
    } else if (looks > 1) {
      choice = choice.settle();
    }
  }

  /**
   * So many as divide an epoch, or a block, into rounds of one length: a short one costs as much.
   */
  private int steps(double step, double beyond) {
    double share = AIM * auto.share();
    double needed = Math.max(1, Math.ceil(beyond * (1 - share) / (share * Math.max(step, 1e-9))));
    int together = Math.min(sampler.blockSteps(), sampler.stepsPerEpoch());
    int rounds = (int) Math.max(1, Math.floor(together / needed));
    return Math.min(auto.maximum(), (together + rounds - 1) / rounds);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
