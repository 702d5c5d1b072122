package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * Averages the less often the lower the learning rate is: {@code H = max(minimum, floor((alpha /
 * learningRate)²))}, up to a maximum. Source: Gu et al., A Quadratic Synchronization Rule for
 * Distributed Deep Learning, ICLR 2024.
 *
 * @param alpha above 0: the learning rate at which H would be 1
 * @param minimum of H, at least 1
 * @param maximum of H, at least the minimum: a worker's block of images holds a multiple of so many
 *     batches
 */
@PublicApi
public record Quadratic(Double alpha, int minimum, int maximum) implements AveragingFrequency {
  private static final long serialVersionUID = 1;

  public Quadratic {
    Check.present(alpha, "Quadratic.alpha");
    Check.positive((double) alpha, "Quadratic.alpha");
    Check.positive(minimum, "Quadratic.minimum");
    Check.atLeast(maximum, minimum, "Quadratic.maximum");
  }

  @Override
  public int most() {
    return maximum;
  }

  @Override
  public boolean needsRate() {
    return true;
  }

  @Override
  public int steps(int epoch, int round, long step, double rate) {
    double root = alpha / rate;
    // A rate of 0 makes it infinite, which is the maximum as well.
    return (int) Math.min(maximum, Math.max(minimum, Math.floor(root * root)));
  }

  @Override
  public String description() {
    return "every " + minimum + " to " + maximum + " steps, more the lower the learning rate";
  }
}
