package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rate fall as {@code minimum + (base - minimum) · (1 - t)^power}, where t goes from 0 to
 * 1, and stays at the minimum from there on.
 *
 * @param power above 0, where 1 is a straight line; 1 by default
 * @param minimum at least 0; 0 by default
 * @param epochs that the fall takes; by default all after the warm-up
 * @param pace when the rate is set anew
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record Polynomial(
    @Defaulted Double power,
    double minimum,
    @Nullable Integer epochs,
    @Defaulted Pace pace,
    @Nullable Warmup warmup)
    implements Schedule {
  public Polynomial {
    power = power == null ? 1 : power;
    pace = pace == null ? Pace.EPOCH : pace;
    Check.positive((double) power, "Polynomial.power");
    Check.notNegative(minimum, "Polynomial.minimum");
    Check.positive(epochs == null ? 1 : epochs, "Polynomial.epochs");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    double rest = 1 - Decay.progress(this, epochs, pace, step, course);
    return minimum + (base - minimum) * StrictMath.pow(rest, power);
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    return Decay.problem(this.epochs, minimum, base, epochs, warmupEpochs);
  }
}
