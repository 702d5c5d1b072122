package dev.convoy.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How a network does on labelled examples.
 *
 * @param examples seen
 * @param lossSum over them
 * @param correct how many got the right class
 * @param labels the right class of each
 * @param predictions the class that each got
 */
public record Evaluation(
    long examples, double lossSum, long correct, int[] labels, int[] predictions)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Mean loss. */
  public double loss() {
    return lossSum / examples;
  }

  /** Share of the examples that got the right class. */
  public double accuracy() {
    return (double) correct / examples;
  }

  /** The evaluation of all parts together, in their order. */
  public static Evaluation join(List<Evaluation> parts) {
    long examples = 0;
    double lossSum = 0;
    long correct = 0;
    for (Evaluation part : parts) {
      examples += part.examples();
      lossSum += part.lossSum();
      correct += part.correct();
    }
    int[] labels = parts.stream().flatMapToInt(p -> Arrays.stream(p.labels())).toArray();
    int[] predictions = parts.stream().flatMapToInt(p -> Arrays.stream(p.predictions())).toArray();
    return new Evaluation(examples, lossSum, correct, labels, predictions);
  }
}
