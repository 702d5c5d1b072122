package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * AdamW: {@link Adam} with decoupled weight decay. Before the step each parameter shrinks by {@code
 * p -= learningRate · weightDecay · p}, and the decay enters neither gradient nor moments. Source:
 * Loshchilov and Hutter, ICLR 2019.
 *
 * @param learningRate above 0; 0.001 by default
 * @param beta1 in {@code [0, 1)}; 0.9 by default
 * @param beta2 in {@code [0, 1)}; 0.999 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param weightDecay at least 0; 0.01 by default
 * @param amsgrad whether v̂ never falls; false by default
 */
@PublicApi
public record Adamw(
    @Defaulted Float learningRate,
    @Defaulted Float beta1,
    @Defaulted Float beta2,
    @Defaulted Float epsilon,
    @Defaulted Float weightDecay,
    boolean amsgrad)
    implements Optimizer {

  public Adamw {
    learningRate = learningRate == null ? 0.001f : learningRate;
    beta1 = beta1 == null ? 0.9f : beta1;
    beta2 = beta2 == null ? 0.999f : beta2;
    epsilon = epsilon == null ? 1e-8f : epsilon;
    weightDecay = weightDecay == null ? 0.01f : weightDecay;
    Check.positive((float) learningRate, "Adamw.learningRate");
    Check.fraction(beta1, "Adamw.beta1");
    Check.fraction(beta2, "Adamw.beta2");
    Check.positive((float) epsilon, "Adamw.epsilon");
    Check.notNegative(weightDecay, "Adamw.weightDecay");
  }

  /** Creates it at this rate and decay, and all else by default. */
  public static Adamw of(float learningRate, float weightDecay) {
    return new Adamw(learningRate, null, null, null, weightDecay, false);
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
        0,
        (float) ((double) learningRate * Factors.decimal(weightDecay)),
        learningRate,
        1 - Factors.power(Factors.decimal(beta1), step),
        1 - Factors.power(Factors.decimal(beta2), step));
  }
}
