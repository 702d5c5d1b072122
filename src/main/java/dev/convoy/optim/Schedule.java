package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says how the learning rate moves in the course of a training: a pure function of where the
 * training stands, so that every worker knows the rate by itself.
 *
 * <p>{@link Step}, {@link MultiStep} and {@link Exponential} count epochs from the start of the
 * training, warm-up included; {@link Polynomial}, {@link Cosine} and {@link OneCycle} begin when
 * the warm-up ends.
 */
@PublicApi
public sealed interface Schedule extends Serializable
    permits Constant, Cosine, Exponential, MultiStep, OneCycle, Polynomial, ReduceOnPlateau, Step {
  /** The rise to the full rate at the start, if there is one. */
  @Nullable Warmup warmup();

  /**
   * The rate without the warm-up's factor.
   *
   * @param base the optimizer's own rate
   * @param step number of the step, from 1
   */
  double rate(double base, long step, ScheduleContext course);

  /**
   * The learning rate in force.
   *
   * @param base the optimizer's own rate
   * @param step number of the step, from 1
   */
  default float learningRate(float base, long step, ScheduleContext course) {
    return (float) exactRate(base, step, course);
  }

  /** The learning rate in force before it is rounded to a float. */
  default double exactRate(float base, long step, ScheduleContext course) {
    double rate = rate(Factors.decimal(base), step, course);
    Warmup warmup = warmup();
    return warmup == null ? rate : rate * warmup.factor(step, course);
  }

  /**
   * Whether the rate depends on the losses on the validation examples, or else the test examples.
   */
  default boolean needsTestLoss() {
    return false;
  }

  /**
   * Refuses a schedule that is longer than the training, or does not suit the optimizer's rate.
   *
   * @param base the optimizer's own rate
   * @param epochs of the whole training
   * @param stepsPerEpoch steps that one worker makes in an epoch; {@link Long#MAX_VALUE} where the
   *     data are not known yet: lengths in steps then pass
   * @throws IllegalArgumentException whose message starts with the key at fault, as in {@code
   *     schedule.cosine.epochs}
   */
  default void check(float base, int epochs, long stepsPerEpoch) {
    Warmup warmup = warmup();
    double warm = warmup == null ? 0 : warmup.inEpochs(stepsPerEpoch);
    String problem =
        warmup != null && warm >= epochs
            ? "warmup." + warmup.tooLong(epochs, stepsPerEpoch)
            : problem(base, epochs, warm);
    if (problem != null) {
      String name = getClass().getSimpleName();
      String kind = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      throw new IllegalArgumentException("schedule." + kind + "." + problem);
    }
  }

  /**
   * Tells what is wrong with the schedule for a training, from the component at fault on; {@code
   * null} if nothing is.
   *
   * @param base the optimizer's own rate
   * @param epochs of the whole training
   * @param warmupEpochs of the warm-up, whole or not
   */
  @Nullable String problem(float base, int epochs, double warmupEpochs);
}
