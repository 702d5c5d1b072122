package dev.convoy.optim;

import dev.convoy.api.PublicApi;

/**
 * Holds what a schedule knows of a training besides the step.
 *
 * @param stepsPerEpoch steps that one worker makes in an epoch
 * @param epochs of the whole training
 * @param testLosses mean loss on the validation examples, or else on the test examples, after each
 *     epoch so far; not to be changed
 */
@PublicApi
public record ScheduleContext(long stepsPerEpoch, int epochs, double[] testLosses) {
  /** Describes a training before its first epoch. */
  public static ScheduleContext of(long stepsPerEpoch, int epochs) {
    return new ScheduleContext(stepsPerEpoch, epochs, new double[0]);
  }

  /** Epochs that are done before this step, which counts from 1. */
  public long epochsBefore(long step) {
    return (step - 1) / stepsPerEpoch;
  }

  /** Steps of the whole training. */
  public long steps() {
    return stepsPerEpoch * epochs;
  }
}
