package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * Adamax, Adam with the greatest gradient in place of the root of squares: {@code m = beta1 · m +
 * (1 - beta1) · g; u = max(beta2 · u, |g| + epsilon); p -= learningRate / (1 - beta1^t) · m / u}.
 * Source: Kingma and Ba, ICLR 2015, section 7.1.
 *
 * @param learningRate above 0; 0.002 by default
 * @param beta1 in {@code [0, 1)}; 0.9 by default
 * @param beta2 in {@code [0, 1)}; 0.999 by default
 * @param epsilon added to the gradient's size, above 0; 1e-8 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 */
@PublicApi
public record Adamax(
    @Defaulted Float learningRate,
    @Defaulted Float beta1,
    @Defaulted Float beta2,
    @Defaulted Float epsilon,
    float weightDecay)
    implements Optimizer {

  public Adamax {
    learningRate = learningRate == null ? 0.002f : learningRate;
    beta1 = beta1 == null ? 0.9f : beta1;
    beta2 = beta2 == null ? 0.999f : beta2;
    epsilon = epsilon == null ? 1e-8f : epsilon;
    Check.positive((float) learningRate, "Adamax.learningRate");
    Check.fraction(beta1, "Adamax.beta1");
    Check.fraction(beta2, "Adamax.beta2");
    Check.positive((float) epsilon, "Adamax.epsilon");
    Check.notNegative(weightDecay, "Adamax.weightDecay");
  }

  /** Creates it at this rate, and all else by default. */
  public static Adamax of(float learningRate) {
    return new Adamax(learningRate, null, null, null, 0);
  }

  @Override
  public List<String> slots() {
    return List.of("m", "u");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    double correction = 1 - Factors.power(Factors.decimal(beta1), step);
    descend(parameters, gradient, state[0], state[1], (float) (learningRate / correction));
  }

  private void descend(float[] parameters, float[] gradient, float[] m, float[] u, float stepSize) {
    float beta1 = this.beta1;
    float beta2 = this.beta2;
    float epsilon = this.epsilon;
    float rest1 = Factors.rest(beta1);
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float mean = Math.fma(beta1, m[i], rest1 * g);
      float greatest = Math.max(beta2 * u[i], Math.abs(g) + epsilon);
      m[i] = mean;
      u[i] = greatest;
      parameters[i] = Math.fma(-stepSize, mean / greatest, parameters[i]);
    }
  }
}
