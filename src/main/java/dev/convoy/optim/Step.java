package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the rate by {@code gamma} after every so many epochs.
 *
 * @param every epochs from one fall to the next, at least 1
 * @param gamma above 0; 0.1 by default
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record Step(int every, @Defaulted Double gamma, @Nullable Warmup warmup)
    implements Schedule {
  public Step {
    Check.positive(every, "Step.every");
    gamma = gamma == null ? 0.1 : gamma;
    Check.positive((double) gamma, "Step.gamma");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    return base * Factors.power(gamma, course.epochsBefore(step) / every);
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return every < epochs
        ? null
        : "every must be below training.epochs, " + epochs + ", but was " + every;
  }
}
