package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the rate by {@code gamma} after certain epochs.
 *
 * @param milestones after how many epochs it falls, at least 1, ascending
 * @param gamma above 0; 0.1 by default
 * @param warmup rise to the full rate at the start
 */
@PublicApi
public record MultiStep(List<Integer> milestones, @Defaulted Double gamma, @Nullable Warmup warmup)
    implements Schedule {
  public MultiStep {
    milestones = List.copyOf(Check.present(milestones, "MultiStep.milestones"));
    int before = 0;
    for (int milestone : milestones) {
      if (milestone <= before) {
        throw new IllegalArgumentException(
            "MultiStep.milestones must be at least 1 and ascend, but were " + milestones);
      }
      before = milestone;
    }
    if (milestones.isEmpty()) {
      throw new IllegalArgumentException("MultiStep.milestones must not be empty");
    }
    gamma = gamma == null ? 0.1 : gamma;
    Check.positive((double) gamma, "MultiStep.gamma");
  }

  @Override
  public double rate(double base, long step, ScheduleContext course) {
    long epoch = course.epochsBefore(step);
    int passed = 0;
    while (passed < milestones.size() && milestones.get(passed) <= epoch) {
      passed++;
    }
    return base * Factors.power(gamma, passed);
  }

  @Override
  public @Nullable String problem(float base, int epochs, double warmupEpochs) {
    int last = milestones.get(milestones.size() - 1);
    return last < epochs
        ? null
        : "milestones must be below training.epochs, " + epochs + ", but the last was " + last;
  }
}
