package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * Adadelta, whose steps have the unit of the parameters: {@code s = rho · s + (1 - rho) · g²; d =
 * sqrt(a + epsilon) / sqrt(s + epsilon) · g; a = rho · a + (1 - rho) · d²; p -= learningRate · d}.
 * Source: Zeiler 2012.
 *
 * @param learningRate above 0; 1 by default
 * @param rho in {@code [0, 1)}; 0.9 by default
 * @param epsilon added under the roots, above 0; 1e-6 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 */
@PublicApi
public record Adadelta(
    @Defaulted Float learningRate,
    @Defaulted Float rho,
    @Defaulted Float epsilon,
    float weightDecay)
    implements Optimizer {

  public Adadelta {
    learningRate = learningRate == null ? 1 : learningRate;
    rho = rho == null ? 0.9f : rho;
    epsilon = epsilon == null ? 1e-6f : epsilon;
    Check.positive((float) learningRate, "Adadelta.learningRate");
    Check.fraction(rho, "Adadelta.rho");
    Check.positive((float) epsilon, "Adadelta.epsilon");
    Check.notNegative(weightDecay, "Adadelta.weightDecay");
  }

  /** Creates it at this rate, and all else by default. */
  public static Adadelta of(float learningRate) {
    return new Adadelta(learningRate, null, null, 0);
  }

  @Override
  public List<String> slots() {
    return List.of("square", "delta");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    float rho = this.rho;
    float epsilon = this.epsilon;
    float rest = Factors.rest(rho);
    float[] square = state[0];
    float[] delta = state[1];
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float s = Math.fma(rho, square[i], rest * g * g);
      float a = delta[i];
      float ratio = (float) Math.sqrt(a + epsilon) / (float) Math.sqrt(s + epsilon);
      float d = ratio * g;
      square[i] = s;
      delta[i] = Math.fma(rho, a, rest * d * d);
      parameters[i] = Math.fma(-learningRate, d, parameters[i]);
    }
  }
}
