package dev.convoy.train.round;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Ends a training when the examples that are watched show no more progress, and keeps the best
 * weights, those of the last epoch that was better than all before it: the validation examples, or
 * the test examples where there are no others. Source: Prechelt, "Early Stopping - But When?",
 * 1998.
 *
 * @param patience epochs without progress after which training ends, at least 1
 * @param minDelta by how much a figure must beat the best so far to be better, at least 0; 0 by
 *     default
 * @param metric the figure that is watched; by default the loss, on the validation examples where
 *     there are some
 */
@PublicApi
public record EarlyStopping(int patience, double minDelta, @Nullable Metric metric)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is watched. */
  public enum Metric {
    /** The mean loss on the validation examples: lower is better. */
    VALIDATION_LOSS,

    /** The accuracy on the validation examples, as their task has it: higher is better. */
    VALIDATION_ACCURACY,

    /** The mean loss on the test examples: lower is better. */
    TEST_LOSS,

    /** The accuracy on the test examples, as their task has it: higher is better. */
    TEST_ACCURACY;

    /** Returns whether the test examples are watched. */
    public boolean isOfTest() {
      return this == TEST_LOSS || this == TEST_ACCURACY;
    }

    /** Returns whether the loss is watched. */
    public boolean isLoss() {
      return this == TEST_LOSS || this == VALIDATION_LOSS;
    }
  }

  public EarlyStopping {
    Check.positive(patience, "EarlyStopping.patience");
    Check.notNegative(minDelta, "EarlyStopping.minDelta");
  }

  /** Returns the same that watches this figure. */
  @Internal
  public EarlyStopping watching(Metric other) {
    return new EarlyStopping(patience, minDelta, other);
  }

  /** Returns the best epoch so far, from 1; 0 before the first. A figure that is NaN beats none. */
  @Internal
  public int bestEpoch(TestHistory history) {
    boolean loss = metric == null || metric.isLoss();
    double[] figures = loss ? history.losses() : history.accuracies();
    int best = Math.min(1, figures.length);
    for (int epoch = 2; epoch <= figures.length; epoch++) {
      double figure = figures[epoch - 1];
      double before = figures[best - 1];
      double progress = loss ? before - figure : figure - before;
      if (progress > minDelta || Double.isNaN(before) && !Double.isNaN(figure)) {
        best = epoch;
      }
    }
    return best;
  }

  /** Tells whether training ends after the last of these epochs. */
  @Internal
  public boolean stops(TestHistory history) {
    return history.epochs() - bestEpoch(history) >= patience;
  }
}
