package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rate fall as {@code minimum + (base - minimum) · (1 + cos(π · t)) / 2}, where t goes
 * from 0 to 1, and stays at the minimum from there on. Source: Loshchilov and Hutter, ICLR 2017,
 * without restarts.
 *
 * @param minimum at least 0; 0 by default
 * @param epochs that the fall takes; by default all after the warm-up
 * @param pace when the rate is set anew
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record Cosine(
    double minimum, @Nullable Integer epochs, @Defaulted Pace pace, @Nullable Warmup warmup)
    implements Schedule {
  public Cosine {
    pace = pace == null ? Pace.EPOCH : pace;
    Check.notNegative(minimum, "Cosine.minimum");
    Check.positive(epochs == null ? 1 : epochs, "Cosine.epochs");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    return between(base, minimum, Decay.progress(this, epochs, pace, step, course));
  }

  /** Falls from {@code start} at t = 0 to {@code end} at t = 1 along half a wave. */
  static double between(double start, double end, double t) {
    return end + (start - end) * (1 + StrictMath.cos(Math.PI * t)) / 2;
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return Decay.problem(this.epochs, minimum, base, epochs, warmupEpochs);
  }
}
