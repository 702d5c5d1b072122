package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer's own rate throughout.
 *
 * @param warmup rise to it at the start
 */
@PublicApi
public record Constant(@Nullable Warmup warmup) implements Schedule {
  /** Creates it without warm-up. */
  public Constant() {
    this(null);
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    return base;
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return null;
  }
}
