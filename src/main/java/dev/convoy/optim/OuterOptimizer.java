package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import java.io.Serializable;

/**
 * A rule that takes what a round of local steps has changed for a gradient, and makes a step of its
 * own from where the round began. What it remembers is one value a parameter, which the caller
 * keeps and saves as it does the parameters.
 */
@PublicApi
public sealed interface OuterOptimizer extends Serializable permits Nesterov {
  /**
   * One step.
   *
   * @param before parameters from which the round began; left as they are
   * @param mean of the workers' parameters after the round; becomes what the next round begins from
   * @param momentum as long as the parameters, 0 before the first round; changed in place
   */
  void step(float[] before, float[] mean, float[] momentum);
}
