package dev.convoy.optim;

import org.jspecify.annotations.Nullable;

/** Computes what those schedules share whose rate falls from the end of the warm-up on. */
final class Decay {
  private Decay() {}

  /**
   * Returns how much of the fall is done before this step, from 0 to 1.
   *
   * @param schedule whose fall it is
   * @param epochs that it takes; absent for the rest of the training
   */
  static double progress(
      Schedule schedule, @Nullable Integer epochs, Pace pace, long step, ScheduleContext course) {
    Warmup warmup = schedule.warmup();
    long warm = warmup == null ? 0 : warmup.stepsOf(course);
    long length = epochs == null ? course.steps() - warm : epochs * course.stepsPerEpoch();
    long at = pace == Pace.STEP ? step - 1 : course.epochsBefore(step) * course.stepsPerEpoch();
    return Math.min(1, (double) Math.max(0, at - warm) / length);
  }

  /** Tells what is wrong with a fall to {@code minimum} over so many epochs; absent if nothing. */
  static @Nullable String problem(
      @Nullable Integer fallEpochs, double minimum, float base, int epochs, double warmupEpochs) {
    if (fallEpochs != null && fallEpochs + warmupEpochs > epochs) {
      String rest = warmupEpochs == 0 ? "" : " less the warm-up";
      return "epochs must be at most training.epochs"
          + rest
          + ", "
          + (int) (epochs - warmupEpochs)
          + ", but was "
          + fallEpochs;
    }
    return minimum <= Factors.decimal(base)
        ? null
        : "minimum must be at most the optimizer's learningRate, " + base + ", but was " + minimum;
  }
}
