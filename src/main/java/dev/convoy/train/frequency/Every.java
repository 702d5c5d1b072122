package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * The same number of steps throughout.
 *
 * @param steps H, at least 1
 */
@PublicApi
public record Every(int steps) implements AveragingFrequency {
  private static final long serialVersionUID = 1;

  public Every {
    Check.positive(steps, "Every.steps");
  }

  @Override
  public int most() {
    return steps;
  }

  @Override
  public int steps(int epoch, int round, long step, double rate) {
    return steps;
  }

  @Override
  public String description() {
    return AveragingFrequency.every(steps);
  }
}
