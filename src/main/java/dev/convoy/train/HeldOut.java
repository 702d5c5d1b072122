package dev.convoy.train;

import dev.convoy.nn.Weights;
import dev.convoy.train.score.Evaluation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates weights on examples on which no step is made.
 *
 * @param validation on the validation examples, after each epoch; absent without validation data
 * @param test on the test examples: once, at the end, where there are validation data, and else
 *     after each epoch; absent without test data
 */
public record HeldOut(
    @Nullable Function<Weights, Evaluation> validation,
    @Nullable Function<Weights, Evaluation> test) {

  /**
   * Returns what evaluates after each epoch, and decides on rates and the end, if anything does.
   */
  @Nullable Function<Weights, Evaluation> watched() {
    return validation == null ? test : validation;
  }

  /** Tells whether the test examples are left for the end. */
  boolean leavesTest() {
    return validation != null;
  }
}
