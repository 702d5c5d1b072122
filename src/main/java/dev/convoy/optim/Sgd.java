package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.util.List;

/**
 * Stochastic gradient descent: {@code g += weightDecay · p; v = momentum · v + (1 - dampening) · g;
 * p -= learningRate · v}, where Nesterov's form uses {@code g + momentum · v} in place of {@code
 * v}, and the first step has {@code v = g}. Sources: Polyak 1964; Sutskever et al., ICML 2013.
 *
 * @param learningRate above 0
 * @param momentum in {@code [0, 1)}; 0 by default
 * @param nesterov whether to look ahead; needs momentum; false by default
 * @param dampening in {@code [0, 1)}; 0 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 */
@PublicApi
public record Sgd(
    Float learningRate, float momentum, boolean nesterov, float dampening, float weightDecay)
    implements Optimizer {

  public Sgd {
    Check.present(learningRate, "Sgd.learningRate");
    Check.positive((float) learningRate, "Sgd.learningRate");
    Check.fraction(momentum, "Sgd.momentum");
    Check.fraction(dampening, "Sgd.dampening");
    Check.notNegative(weightDecay, "Sgd.weightDecay");
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "Sgd.nesterov needs momentum above 0 and no dampening, but they were "
              + momentum
              + " and "
              + dampening);
    }
  }

  /** Creates it at this rate and momentum, and all else by default. */
  public static Sgd of(float learningRate, float momentum) {
    return new Sgd(learningRate, momentum, false, 0, 0);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    if (momentum == 0) {
      descend(parameters, gradient, learningRate);
    } else {
      // The first step takes the gradient undampened, so that a dampened run does not start slow.
      float share = step == 1 ? 1 : 1 - dampening;
      descendWithMomentum(parameters, gradient, state[0], share, learningRate);
    }
  }

  private void descend(float[] parameters, float[] gradient, float learningRate) {
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      parameters[i] = Math.fma(-learningRate, g, parameters[i]);
    }
  }

  private void descendWithMomentum(
      float[] parameters, float[] gradient, float[] velocity, float share, float learningRate) {
    // Nesterov's step is g + momentum·v: one formula for both, with the weight of g being 0 or 1.
    float ofGradient = nesterov ? 1 : 0;
    float ofVelocity = nesterov ? momentum : 1;
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float v = Math.fma(momentum, velocity[i], share * g);
      velocity[i] = v;
      float direction = Math.fma(ofVelocity, v, ofGradient * g);
      parameters[i] = Math.fma(-learningRate, direction, parameters[i]);
    }
  }
}
