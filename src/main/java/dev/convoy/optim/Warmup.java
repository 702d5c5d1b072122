package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Lets the learning rate rise linearly in the first steps: the step after {@code n} of {@code N}
 * has the factor {@code from + (1 - from) · n / N}. Source: Goyal et al. 2017.
 *
 * @param epochs that it takes
 * @param steps of one worker that it takes
 * @param from factor of the first step, at least 0 and below 1; 0.1 by default
 */
@PublicApi
public record Warmup(@Nullable Integer epochs, @Nullable Long steps, @Defaulted Double from)
    implements Serializable {
  public Warmup {
    if ((epochs == null) == (steps == null)) {
      throw new IllegalArgumentException(
          "Warmup needs either epochs or steps, but has " + (epochs == null ? "none" : "both"));
    }
    if (epochs != null) {
      Check.positive(epochs, "Warmup.epochs");
    }
    if (steps != null) {
      Check.positive(steps, "Warmup.steps");
    }
    from = from == null ? 0.1 : from;
    Check.fraction(from, "Warmup.from");
  }

  /** Creates a warm-up over so many epochs. */
  public static Warmup epochs(int epochs) {
    return new Warmup(epochs, null, null);
  }

  /** Creates a warm-up over so many steps. */
  public static Warmup steps(long steps) {
    return new Warmup(null, steps, null);
  }

  /** Returns what the rate is multiplied by in this step, which counts from 1. */
  double factor(long step, ScheduleContext course) {
    long all = stepsOf(course);
    return step > all ? 1 : from + (1 - from) * (step - 1) / all;
  }

  /** Steps that it takes. */
  long stepsOf(ScheduleContext course) {
    return epochs == null ? ownSteps() : epochs * course.stepsPerEpoch();
  }

  /** Epochs that it takes, whole or not. */
  double inEpochs(long stepsPerEpoch) {
    return epochs == null ? (double) ownSteps() / stepsPerEpoch : epochs;
  }

  /** Its steps where it is not given in epochs. */
  private long ownSteps() {
    return Check.present(steps, "Warmup.steps");
  }

  /** Tells what is wrong with it where it fills the whole training. */
  String tooLong(int trainingEpochs, long stepsPerEpoch) {
    return epochs == null
        ? "steps must be below the steps of the training, "
            + stepsPerEpoch * trainingEpochs
            + ", but was "
            + steps
        : "epochs must be below training.epochs, " + trainingEpochs + ", but was " + epochs;
  }
}
