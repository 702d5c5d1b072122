package dev.convoy.train.round;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;

/**
 * Ends a training when the test examples show no more progress, and keeps the best weights, those
 * of the last epoch that was better than all before it. Source: Prechelt, "Early Stopping - But
 * When?", 1998.
 *
 * @param patience epochs without progress after which training ends, at least 1
 * @param minDelta by how much a figure must beat the best so far to be better, at least 0; 0 by
 *     default
 * @param metric the figure that is watched; the loss by default
 */
@PublicApi
public record EarlyStopping(int patience, double minDelta, @Defaulted Metric metric)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is watched. */
  public enum Metric {
    /** The mean loss on the test examples: lower is better. */
    TEST_LOSS,

    /** The accuracy on the test examples, as their task has it: higher is better. */
    TEST_ACCURACY
  }

  public EarlyStopping {
    Check.positive(patience, "EarlyStopping.patience");
    Check.notNegative(minDelta, "EarlyStopping.minDelta");
    metric = metric == null ? Metric.TEST_LOSS : metric;
  }

  /** Returns the best epoch so far, from 1; 0 before the first. A figure that is NaN beats none. */
  @Internal
  public int bestEpoch(TestHistory history) {
    boolean loss = metric == Metric.TEST_LOSS;
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
