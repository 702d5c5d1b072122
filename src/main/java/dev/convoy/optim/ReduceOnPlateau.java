package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the rate by {@code factor} when the loss on the validation examples, or else on the
 * test examples, has not become better for more than {@code patience} epochs. Better is a loss
 * below {@code best · (1 - threshold)}. As in PyTorch, a fall of less than 1e-8 is left out.
 *
 * <p>It remembers nothing: each rate follows from the losses of all epochs so far.
 *
 * @param factor above 0 and below 1; 0.1 by default
 * @param patience epochs without progress that are borne, at least 0; 10 by default
 * @param threshold share by which a loss must be lower to be better, in {@code [0, 1)}; 0.0001 by
 *     default
 * @param minimum below which the rate does not fall, at least 0; 0 by default
 * @param cooldown epochs after a fall in which patience is not used up, at least 0; 0 by default
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record ReduceOnPlateau(
    @Defaulted Double factor,
    @Defaulted Integer patience,
    @Defaulted Double threshold,
    double minimum,
    @Defaulted Integer cooldown,
    @Nullable Warmup warmup)
    implements Schedule {
  private static final double LEAST_FALL = 1e-8;

  public ReduceOnPlateau {
    factor = factor == null ? 0.1 : factor;
    patience = patience == null ? 10 : patience;
    threshold = threshold == null ? 1e-4 : threshold;
    cooldown = cooldown == null ? 0 : cooldown;
    Check.positive((double) factor, "ReduceOnPlateau.factor");
    Check.fraction(factor, "ReduceOnPlateau.factor");
    Check.atLeast(patience, 0, "ReduceOnPlateau.patience");
    Check.fraction(threshold, "ReduceOnPlateau.threshold");
    Check.notNegative(minimum, "ReduceOnPlateau.minimum");
    Check.atLeast(cooldown, 0, "ReduceOnPlateau.cooldown");
  }

  @Override
  public boolean needsTestLoss() {
    return true;
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    double rate = base;
    double best = Double.POSITIVE_INFINITY;
    int without = 0;
    int rest = 0;
    for (double loss : course.testLosses()) {
      without++;
      if (loss < best * (1 - threshold)) {
        best = loss;
        without = 0;
      }
      if (rest > 0) {
        rest--;
        without = 0;
      }
      if (without > patience) {
        double lower = Math.max(rate * factor, minimum);
        rate = rate - lower > LEAST_FALL ? lower : rate;
        rest = cooldown;
        without = 0;
      }
    }
    return rate;
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    if (patience >= epochs) {
      return "patience must be below training.epochs, " + epochs + ", but was " + patience;
    }
    return Decay.problem(null, minimum, base, epochs, warmupEpochs);
  }
}
