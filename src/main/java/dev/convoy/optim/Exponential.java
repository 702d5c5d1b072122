package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the rate by {@code gamma} after each epoch.
 *
 * @param gamma above 0
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record Exponential(Double gamma, @Nullable Warmup warmup) implements Schedule {
  public Exponential {
    Check.present(gamma, "Exponential.gamma");
    Check.positive((double) gamma, "Exponential.gamma");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    return base * Factors.power(gamma, course.epochsBefore(step));
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return null;
  }
}
