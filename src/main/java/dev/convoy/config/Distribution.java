package dev.convoy.config;

import dev.convoy.api.PublicApi;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.ContributionFormat;
import org.jspecify.annotations.Nullable;

/**
 * Says over how many workers a training is spread, and how their results are joined.
 *
 * @param workers K, at least 1: part of the job and of its result, whatever the number of cores
 * @param averaging what is averaged after a round; parameters by default
 * @param averagingFrequency H, the steps from one averaging to the next: a number or a rule; 16 by
 *     default, and 1, the only one possible, where gradients are averaged
 * @param reduction where contributions are summed; auto by default
 * @param contributions in which precision workers send what is averaged; float32 by default
 * @param outer optimizer of what a round has changed, where parameters are averaged; none by
 *     default
 */
@PublicApi
public record Distribution(
    int workers,
    @Defaulted Averaging averaging,
    @Defaulted AveragingFrequency averagingFrequency,
    @Defaulted Aggregation reduction,
    @Defaulted ContributionFormat contributions,
    @Nullable OuterOptimizer outer) {
  /** Steps of a round: enough that a small network's steps outweigh a round's overhead. */
  private static final int DEFAULT_FREQUENCY = 16;

  public Distribution {
    Check.positive(workers, "Distribution.workers");
    averaging = averaging == null ? Averaging.PARAMETERS : averaging;
    boolean gradients = averaging == Averaging.GRADIENTS;
    if (averagingFrequency == null) {
      averagingFrequency = new Every(gradients ? 1 : DEFAULT_FREQUENCY);
    }
    if (gradients && averagingFrequency.most() != 1) {
      throw new IllegalArgumentException(
          "Distribution.averagingFrequency must be 1 where gradients are averaged, but was "
              + averagingFrequency.description());
    }
    reduction = reduction == null ? Aggregation.AUTO : reduction;
    contributions = contributions == null ? ContributionFormat.FLOAT32 : contributions;
    if (gradients && outer != null) {
      throw new IllegalArgumentException(
          "Distribution.outer needs averaging: parameters, but averaging was gradients");
    }
  }

  /** Returns so many workers, all else by default. */
  public static Distribution of(int workers) {
    return new Distribution(workers, null, null, null, null, null);
  }

  /** The same with rounds of these steps. */
  public Distribution withFrequency(AveragingFrequency frequency) {
    return new Distribution(workers, averaging, frequency, reduction, contributions, outer);
  }
}
