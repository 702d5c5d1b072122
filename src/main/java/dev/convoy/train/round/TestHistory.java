package dev.convoy.train.round;

import dev.convoy.train.score.Evaluation;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How the parameters did after each epoch so far on the validation examples, or else on the test
 * examples. Rates and stopping are functions of it, so that a training that goes on from a state
 * goes on alike.
 *
 * @param losses mean loss after each epoch; not to be changed
 * @param accuracies accuracy after each epoch, NaN in regression; not to be changed
 */
public record TestHistory(double[] losses, double[] accuracies) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The history before the first epoch, and throughout where there are neither. */
  public static final TestHistory EMPTY = new TestHistory(new double[0], new double[0]);

  public TestHistory {
    if (losses.length != accuracies.length) {
      throw new IllegalArgumentException(
          "TestHistory needs as many accuracies as losses, "
              + losses.length
              + ", but got "
              + accuracies.length);
    }
  }

  /** Epochs that were evaluated. */
  public int epochs() {
    return losses.length;
  }

  /** The history of the first epochs alone. */
  public TestHistory first(int epochs) {
    return new TestHistory(Arrays.copyOf(losses, epochs), Arrays.copyOf(accuracies, epochs));
  }

  /** Returns the history with one epoch more. */
  public TestHistory and(Evaluation evaluation) {
    double[] moreLosses = Arrays.copyOf(losses, losses.length + 1);
    double[] moreAccuracies = Arrays.copyOf(accuracies, losses.length + 1);
    moreLosses[losses.length] = evaluation.loss();
    moreAccuracies[losses.length] = evaluation.accuracy();
    return new TestHistory(moreLosses, moreAccuracies);
  }
}
