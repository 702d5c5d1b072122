package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Averages often at first, while weights change fast, and less often then. Source: Lin et al.,
 * Don't Use Large Mini-Batches, Use Local SGD, ICLR 2020.
 *
 * @param epochs that begin with {@code first}
 * @param steps of one worker that do, in place of epochs
 * @param first steps of a round at first, at least 1; 1 by default
 * @param then steps of a round afterwards, at least 1
 */
@PublicApi
public record PostLocal(
    @Nullable Integer epochs, @Nullable Long steps, @Defaulted Integer first, int then)
    implements AveragingFrequency {
  private static final long serialVersionUID = 1;

  public PostLocal {
    if ((epochs == null) == (steps == null)) {
      throw new IllegalArgumentException(
          "PostLocal needs either epochs or steps, but has " + (epochs == null ? "none" : "both"));
    }
    if (epochs != null) {
      Check.positive(epochs, "PostLocal.epochs");
    }
    if (steps != null) {
      Check.positive(steps, "PostLocal.steps");
    }
    first = first == null ? 1 : first;
    Check.positive(first, "PostLocal.first");
    Check.positive(then, "PostLocal.then");
  }

  @Override
  public int most() {
    return Math.max(first, then);
  }

  @Override
  public int steps(int epoch, int round, long step, double rate) {
    boolean early = epochs == null ? step <= ownSteps() : epoch <= epochs;
    return early ? first : then;
  }

  /** Returns the steps at first, where they are not given in epochs. */
  private long ownSteps() {
    return Check.present(steps, "PostLocal.steps");
  }

  @Override
  public String description() {
    String unit = epochs == null ? " step" : " epoch";
    long count = epochs == null ? ownSteps() : epochs;
    return AveragingFrequency.every(first)
        + " for "
        + count
        + unit
        + (count == 1 ? "" : "s")
        + ", then "
        + AveragingFrequency.every(then);
  }
}
