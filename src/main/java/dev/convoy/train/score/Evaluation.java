package dev.convoy.train.score;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network does on labelled examples.
 *
 * @param examples seen
 * @param lossSum over them
 * @param weight what the sum is divided by for the mean, as {@link
 *     dev.convoy.loss.BatchLoss#weight} has it
 * @param correct how many were predicted right, as {@link dev.convoy.loss.BatchLoss#correct} has it
 * @param amongFirst how many had their class among the {@link #FIRST} largest outputs; 0 where
 *     targets are vectors
 * @param labels the right class of each; none where targets are vectors
 * @param predictions the class that each got; none where targets are vectors
 * @param scores on each output where targets are vectors; absent where they are classes
 */
@PublicApi
public record Evaluation(
    long examples,
    double lossSum,
    double weight,
    double correct,
    long amongFirst,
    int[] labels,
    int[] predictions,
    @Nullable VectorScores scores)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Classes that {@link #amongFirst} looks at. */
  public static final int FIRST = 3;

  /** Mean loss. */
  public double loss() {
    return lossSum / weight;
  }

  /**
   * Share of the examples that got the right class, or of their labels that were right; NaN for
   * regression, which has none.
   */
  public double accuracy() {
    return correct / examples;
  }

  /** Returns the evaluation of all parts together, in their order. */
  public static Evaluation join(List<Evaluation> parts) {
    long examples = 0;
    double lossSum = 0;
    double weight = 0;
    double correct = 0;
    long amongFirst = 0;
    for (Evaluation part : parts) {
      examples += part.examples();
      lossSum += part.lossSum();
      weight += part.weight();
      correct += part.correct();
      amongFirst += part.amongFirst();
    }
    int[] labels = parts.stream().flatMapToInt(p -> Arrays.stream(p.labels())).toArray();
    int[] predictions = parts.stream().flatMapToInt(p -> Arrays.stream(p.predictions())).toArray();
    VectorScores scores =
        parts.get(0).scores() == null
            ? null
            : parts.stream().map(Evaluation::scores).reduce(VectorScores::plus).orElseThrow();
    return new Evaluation(
        examples, lossSum, weight, correct, amongFirst, labels, predictions, scores);
  }
}
