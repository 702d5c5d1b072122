package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;

/**
 * Training goes back to the state of its last checkpoint, and on from there with a lower learning
 * rate.
 *
 * @param learningRateFactor by which each time every learning rate that follows is multiplied,
 *     above 0 and below 1; 0.5 by default
 * @param atMost how many times; the next value that is not finite ends training; 3 by default
 */
@PublicApi
public record Rollback(@Defaulted Double learningRateFactor, @Defaulted Integer atMost)
    implements NonFiniteRule {
  private static final double DEFAULT_FACTOR = 0.5;
  private static final int DEFAULT_TIMES = 3;

  public Rollback {
    learningRateFactor = learningRateFactor == null ? DEFAULT_FACTOR : learningRateFactor;
    atMost = atMost == null ? DEFAULT_TIMES : atMost;
    if (!(learningRateFactor > 0 && learningRateFactor < 1)) {
      throw new IllegalArgumentException(
          "Rollback.learningRateFactor must be above 0 and below 1, but was " + learningRateFactor);
    }
    Check.positive(atMost, "Rollback.atMost");
  }
}
