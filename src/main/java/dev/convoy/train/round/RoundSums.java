package dev.convoy.train.round;

import java.util.List;

/**
 * Sums over rounds.
 *
 * @param rounds summed up
 * @param examples that they used
 * @param weight of these examples, as {@link dev.convoy.loss.BatchLoss#weight} has it
 * @param counted the sum of their own weights, as {@link dev.convoy.loss.BatchLoss#counted} has it
 * @param lossSum over the examples, each taken times its own weight, before the step that it was
 *     part of
 * @param correct how many of them, each times its own weight, were predicted right at that moment
 * @param time that the rounds took
 */
public record RoundSums(
    long rounds,
    long examples,
    double weight,
    double counted,
    double lossSum,
    double correct,
    RoundTime time) {
  /** The sums over no round. */
  public static final RoundSums NONE = new RoundSums(0, 0, 0, 0, 0, 0, RoundTime.NONE);

  /** Returns the sums over one round, whose contributions are summed in worker order. */
  public static RoundSums of(List<Contribution> contributions, RoundTime time) {
    long examples = 0;
    double weight = 0;
    double counted = 0;
    double lossSum = 0;
    double correct = 0;
    for (Contribution contribution : contributions) {
      examples += contribution.examples();
      weight += contribution.weight();
      counted += contribution.counted();
      lossSum += contribution.lossSum();
      correct += contribution.correct();
    }
    return new RoundSums(1, examples, weight, counted, lossSum, correct, time);
  }

  /** This and the rounds after it. */
  public RoundSums plus(RoundSums later) {
    return new RoundSums(
        rounds + later.rounds,
        examples + later.examples,
        weight + later.weight,
        counted + later.counted,
        lossSum + later.lossSum,
        correct + later.correct,
        time.plus(later.time));
  }

  /** Mean loss; 0 of examples that weigh nothing. */
  public double loss() {
    return weight == 0 ? 0 : lossSum / weight;
  }

  /**
   * Share of the examples, by their weights, that was predicted right; 0 of examples that weigh
   * nothing.
   */
  public double accuracy() {
    return counted == 0 ? correct : correct / counted;
  }
}
