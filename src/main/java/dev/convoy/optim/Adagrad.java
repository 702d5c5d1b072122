package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.Arrays;
import java.util.List;

/**
 * Adagrad: {@code s += g²; p -= learningRate / (1 + (t - 1) · learningRateDecay) · g / (sqrt(s) +
 * epsilon)}. Source: Duchi et al., JMLR 2011.
 *
 * @param learningRate above 0; 0.01 by default
 * @param learningRateDecay at least 0; 0 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 * @param initialAccumulator s before the first step, at least 0; 0 by default
 * @param epsilon added to the root, above 0; 1e-10 by default
 */
@PublicApi
public record Adagrad(
    @Defaulted Float learningRate,
    float learningRateDecay,
    float weightDecay,
    float initialAccumulator,
    @Defaulted Float epsilon)
    implements Optimizer {

  public Adagrad {
    learningRate = learningRate == null ? 0.01f : learningRate;
    epsilon = epsilon == null ? 1e-10f : epsilon;
    Check.positive((float) learningRate, "Adagrad.learningRate");
    Check.notNegative(learningRateDecay, "Adagrad.learningRateDecay");
    Check.notNegative(weightDecay, "Adagrad.weightDecay");
    Check.notNegative(initialAccumulator, "Adagrad.initialAccumulator");
    Check.positive((float) epsilon, "Adagrad.epsilon");
  }

  /** Creates it at this rate, and all else by default. */
  public static Adagrad of(float learningRate) {
    return new Adagrad(learningRate, 0, 0, 0, null);
  }

  @Override
  public List<String> slots() {
    return List.of("sum");
  }

  @Override
  public float[] initialState(int parameterCount) {
    float[] state = new float[stateSize(parameterCount)];
    Arrays.fill(state, initialAccumulator);
    return state;
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    double decay = 1 + (step - 1) * Factors.decimal(learningRateDecay);
    descend(parameters, gradient, state[0], (float) (learningRate / decay));
  }

  private void descend(float[] parameters, float[] gradient, float[] sum, float stepSize) {
    float epsilon = this.epsilon;
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float squares = Math.fma(g, g, sum[i]);
      sum[i] = squares;
      float direction = g / ((float) Math.sqrt(squares) + epsilon);
      parameters[i] = Math.fma(-stepSize, direction, parameters[i]);
    }
  }
}
