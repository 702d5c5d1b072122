package dev.convoy.train.fault;

import dev.convoy.tensor.Check;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a training goes on where a value becomes NaN or infinite: from the last state whose round
 * {@code everyRounds} divides, with lower learning rates. Where that is depends on the round alone,
 * so that a run that was stopped and resumed meanwhile goes back to the same state.
 *
 * @param everyRounds from one such state to the next
 * @param learningRateFactor each learning rate is multiplied by it as often as training went back
 * @param atMost how often that may be
 */
public record Recovery(int everyRounds, double learningRateFactor, int atMost)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public Recovery {
    Check.positive(everyRounds, "Recovery.everyRounds");
  }

  /** Returns the recovery that a rule asks for; absent where training stops. */
  public static @Nullable Recovery of(NonFiniteRule rule, int everyRounds) {
    return rule instanceof Rollback rollback
        ? new Recovery(everyRounds, rollback.learningRateFactor(), rollback.atMost())
        : null;
  }

  /** Returns what learning rates are multiplied by after so many rollbacks. */
  public double factor(int rollbacks) {
    double factor = 1;
    for (int i = 0; i < rollbacks; i++) {
      factor *= learningRateFactor;
    }
    return factor;
  }
}
