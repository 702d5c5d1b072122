package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * Adam, whose steps are scaled by running means of the gradient and of its square: {@code m = beta1
 * · m + (1 - beta1) · g; v = beta2 · v + (1 - beta2) · g²; p -= learningRate · m̂ / (sqrt(v̂) +
 * epsilon)} with {@code m̂ = m / (1 - beta1^t)}, {@code v̂ = v / (1 - beta2^t)}. Sources: Kingma
 * and Ba, ICLR 2015; AMSGrad: Reddi et al., ICLR 2018.
 *
 * @param learningRate above 0; 0.001 by default
 * @param beta1 in {@code [0, 1)}; 0.9 by default
 * @param beta2 in {@code [0, 1)}; 0.999 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 * @param amsgrad whether v̂ never falls; false by default
 * @param biasCorrection whether m and v are divided as above; true by default
 */
@PublicApi
public record Adam(
    @Defaulted Float learningRate,
    @Defaulted Float beta1,
    @Defaulted Float beta2,
    @Defaulted Float epsilon,
    float weightDecay,
    boolean amsgrad,
    @Defaulted Boolean biasCorrection)
    implements Optimizer {

  public Adam {
    learningRate = learningRate == null ? 0.001f : learningRate;
    beta1 = beta1 == null ? 0.9f : beta1;
    beta2 = beta2 == null ? 0.999f : beta2;
    epsilon = epsilon == null ? 1e-8f : epsilon;
    biasCorrection = biasCorrection == null || biasCorrection;
    Check.positive((float) learningRate, "Adam.learningRate");
    Check.fraction(beta1, "Adam.beta1");
    Check.fraction(beta2, "Adam.beta2");
    Check.positive((float) epsilon, "Adam.epsilon");
    Check.notNegative(weightDecay, "Adam.weightDecay");
  }

  /** Creates it at this rate, and all else by default. */
  public static Adam of(float learningRate) {
    return new Adam(learningRate, null, null, null, 0, false, null);
  }

  @Override
  public List<String> slots() {
    return amsgrad ? List.of("m", "v", "vMax") : List.of("m", "v");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    AdamRule.step(
        parameters,
        gradient,
        state,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        0,
        learningRate,
        biasCorrection ? 1 - Factors.power(Factors.decimal(beta1), step) : 1,
        biasCorrection ? 1 - Factors.power(Factors.decimal(beta2), step) : 1);
  }
}
