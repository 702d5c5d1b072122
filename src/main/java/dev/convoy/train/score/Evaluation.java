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
 * @param lossSum over them, each times its own weight
 * @param weight what the sum is divided by for the mean, as {@link
 *     dev.convoy.loss.BatchLoss#weight} has it
 * @param counted the sum of the examples' own weights; their number where each weighs 1
 * @param correct how many, each times its own weight, were predicted right, as {@link
 *     dev.convoy.loss.BatchLoss#correct} has it
 * @param amongFirst how many, each times its own weight, had their class among the {@link #FIRST}
 *     largest outputs; 0 where targets are vectors
 * @param labels the right class of each; none where targets are vectors
 * @param predictions the class that each got; none where targets are vectors
 * @param weights of the examples; none where each weighs 1
 * @param scores on each output where targets are vectors; absent where they are classes
 */
@PublicApi
public record Evaluation(
    long examples,
    double lossSum,
    double weight,
    double counted,
    double correct,
    double amongFirst,
    int[] labels,
    int[] predictions,
    float[] weights,
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
   * Share of the examples, by their weights, that got the right class, or of their labels that were
   * right; NaN for regression, which has none.
   */
  public double accuracy() {
    return correct / counted;
  }

  /** How much an example counts. */
  public float weight(int example) {
    return weights.length == 0 ? 1 : weights[example];
  }

  /** Returns the evaluation of all parts together, in their order. */
  public static Evaluation join(List<Evaluation> parts) {
    long examples = 0;
    double lossSum = 0;
    double weight = 0;
    double counted = 0;
    double correct = 0;
    double amongFirst = 0;
    for (Evaluation part : parts) {
      examples += part.examples();
      lossSum += part.lossSum();
      weight += part.weight();
      counted += part.counted();
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
        examples,
        lossSum,
        weight,
        counted,
        correct,
        amongFirst,
        labels,
        predictions,
        weights(parts, examples),
        scores);
  }

  private static float[] weights(List<Evaluation> parts, long examples) {
    if (parts.stream().allMatch(part -> part.weights().length == 0)) {
      return new float[0];
    }
    float[] all = new float[Math.toIntExact(examples)];
    int next = 0;
    for (Evaluation part : parts) {
      for (int i = 0; i < part.examples(); i++) {
        all[next++] = part.weight(i);
      }
    }
    return all;
  }
}
