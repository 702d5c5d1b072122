package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rate rise to the optimizer's own in the first part of the training, and then fall far
 * below where it began, both along half a cosine wave and step by step. Source: Smith and Topin
 * 2018, in PyTorch's form of two phases; momentum stays as it is.
 *
 * @param peakAt share of the training after which the rate is highest, above 0 and below 1; 0.3 by
 *     default
 * @param initialDivisor what the optimizer's rate is divided by in the first step, at least 1; 25
 *     by default
 * @param finalDivisor what the first step's rate is divided by in the last step, at least 1; 10000
 *     by default
 * @param warmup rise before the cycle
 */
@PublicApi
public record OneCycle(
    @Defaulted Double peakAt,
    @Defaulted Double initialDivisor,
    @Defaulted Double finalDivisor,
    @Nullable Warmup warmup)
    implements Schedule {
  public OneCycle {
    peakAt = peakAt == null ? 0.3 : peakAt;
    initialDivisor = initialDivisor == null ? 25 : initialDivisor;
    finalDivisor = finalDivisor == null ? 1e4 : finalDivisor;
    Check.positive((double) peakAt, "OneCycle.peakAt");
    Check.fraction(peakAt, "OneCycle.peakAt");
    Check.atLeast(initialDivisor, 1, "OneCycle.initialDivisor");
    Check.atLeast(finalDivisor, 1, "OneCycle.finalDivisor");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    long warm = warmup == null ? 0 : warmup.stepsOf(course);
    long last = course.steps() - warm - 1;
    long at = Math.max(0, step - 1 - warm);
    // In a training of very few steps there is no rise.
    double peak = Math.max(0, peakAt * (last + 1) - 1);
    double first = base / initialDivisor;
    if (at < peak) {
      return Cosine.between(first, base, at / peak);
    }
    double fall = last - peak;
    return Cosine.between(base, first / finalDivisor, fall > 0 ? (at - peak) / fall : 0);
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return null;
  }
}
