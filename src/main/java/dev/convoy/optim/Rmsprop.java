package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * RMSProp: {@code s = alpha · s + (1 - alpha) · g²; d = g / (sqrt(s) + epsilon); p -= learningRate
 * · d}. Centred, the mean gradient {@code a = alpha · a + (1 - alpha) · g} is taken off: {@code s -
 * a²} stands in place of s. With momentum the step is {@code b = momentum · b + d}. Sources:
 * Tieleman and Hinton, lecture 6.5, 2012; centred: Graves 2013.
 *
 * @param learningRate above 0; 0.01 by default
 * @param alpha in {@code [0, 1)}; 0.99 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 * @param momentum in {@code [0, 1)}; 0 by default
 * @param centered whether the mean gradient is taken off; false by default
 */
@PublicApi
public record Rmsprop(
    @Defaulted Float learningRate,
    @Defaulted Float alpha,
    @Defaulted Float epsilon,
    float weightDecay,
    float momentum,
    boolean centered)
    implements Optimizer {

  public Rmsprop {
    learningRate = learningRate == null ? 0.01f : learningRate;
    alpha = alpha == null ? 0.99f : alpha;
    epsilon = epsilon == null ? 1e-8f : epsilon;
    Check.positive((float) learningRate, "Rmsprop.learningRate");
    Check.fraction(alpha, "Rmsprop.alpha");
    Check.positive((float) epsilon, "Rmsprop.epsilon");
    Check.notNegative(weightDecay, "Rmsprop.weightDecay");
    Check.fraction(momentum, "Rmsprop.momentum");
  }

  /** Creates it at this rate, and all else by default. */
  public static Rmsprop of(float learningRate) {
    return new Rmsprop(learningRate, null, null, 0, 0, false);
  }

  @Override
  public List<String> slots() {
    if (centered) {
      return momentum == 0 ? List.of("square", "mean") : List.of("square", "mean", "momentum");
    }
    return momentum == 0 ? List.of("square") : List.of("square", "momentum");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    float[] square = state[0];
    squares(parameters, gradient, square);
    if (centered) {
      means(parameters, gradient, state[1]);
    }
    // Uncentred, the weight of the mean is 0, and any finite array stands for it.
    float[] mean = centered ? state[1] : square;
    if (momentum == 0) {
      descend(parameters, gradient, square, mean, learningRate);
    } else {
      float[] velocity = state[state.length - 1];
      descendWithMomentum(parameters, gradient, square, mean, velocity, learningRate);
    }
  }

  private void squares(float[] parameters, float[] gradient, float[] square) {
    float alpha = this.alpha;
    float rest = Factors.rest(alpha);
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      square[i] = Math.fma(alpha, square[i], rest * g * g);
    }
  }

  private void means(float[] parameters, float[] gradient, float[] mean) {
    float alpha = this.alpha;
    float rest = Factors.rest(alpha);
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      mean[i] = Math.fma(alpha, mean[i], rest * g);
    }
  }

  private void descend(
      float[] parameters, float[] gradient, float[] square, float[] mean, float learningRate) {
    float epsilon = this.epsilon;
    float ofMean = centered ? 1 : 0;
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      // Of a gradient that never changes the variance is 0, and rounding may make it less.
      float variance = Math.max(Math.fma(-ofMean * mean[i], mean[i], square[i]), 0);
      float direction = g / ((float) Math.sqrt(variance) + epsilon);
      parameters[i] = Math.fma(-learningRate, direction, parameters[i]);
    }
  }

  private void descendWithMomentum(
      float[] parameters,
      float[] gradient,
      float[] square,
      float[] mean,
      float[] velocity,
      float learningRate) {
    float epsilon = this.epsilon;
    float ofMean = centered ? 1 : 0;
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float variance = Math.max(Math.fma(-ofMean * mean[i], mean[i], square[i]), 0);
      float direction = g / ((float) Math.sqrt(variance) + epsilon);
      float v = Math.fma(momentum, velocity[i], direction);
      velocity[i] = v;
      parameters[i] = Math.fma(-learningRate, v, parameters[i]);
    }
  }
}
