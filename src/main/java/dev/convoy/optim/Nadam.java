package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;

/**
 * NAdam, Adam with Nesterov's look ahead: m and v as {@link Adam} has them, and with {@code mu(t) =
 * beta1 · (1 - 0.96^(t · momentumDecay) / 2)} and {@code M(t) = mu(1) · ... · mu(t)} the step
 * {@code p -= learningRate · (a · g + b · m) / (sqrt(v̂) + epsilon)}, where {@code a = (1 - mu(t))
 * / (1 - M(t))} and {@code b = mu(t+1) / (1 - M(t) · mu(t) · mu(t+1))}. Source: Dozat, ICLR 2016
 * workshop, as PyTorch 1.13 has it. The article, and later versions of PyTorch, divide by {@code 1
 * - M(t+1)} in b, with mu(t) once: M is near 0 after a dozen steps, and then both are the same.
 *
 * @param learningRate above 0; 0.002 by default
 * @param beta1 in {@code [0, 1)}; 0.9 by default
 * @param beta2 in {@code [0, 1)}; 0.999 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param weightDecay factor of the L2 penalty, at least 0; 0 by default
 * @param momentumDecay how fast mu grows to beta1, at least 0; 0.004 by default
 */
@PublicApi
public record Nadam(
    @Defaulted Float learningRate,
    @Defaulted Float beta1,
    @Defaulted Float beta2,
    @Defaulted Float epsilon,
    float weightDecay,
    @Defaulted Float momentumDecay)
    implements Optimizer {
  private static final double LOG_OF_DECAY = StrictMath.log(0.96);

  /** A product below this changes no {@code 1 - M} in double. */
  private static final double NOTHING = 0x1p-60;

  public Nadam {
    learningRate = learningRate == null ? 0.002f : learningRate;
    beta1 = beta1 == null ? 0.9f : beta1;
    beta2 = beta2 == null ? 0.999f : beta2;
    epsilon = epsilon == null ? 1e-8f : epsilon;
    momentumDecay = momentumDecay == null ? 0.004f : momentumDecay;
    Check.positive((float) learningRate, "Nadam.learningRate");
    Check.fraction(beta1, "Nadam.beta1");
    Check.fraction(beta2, "Nadam.beta2");
    Check.positive((float) epsilon, "Nadam.epsilon");
    Check.notNegative(weightDecay, "Nadam.weightDecay");
    Check.notNegative(momentumDecay, "Nadam.momentumDecay");
  }

  /** Creates it at this rate, and all else by default. */
  public static Nadam of(float learningRate) {
    return new Nadam(learningRate, null, null, null, 0, null);
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    double now = momentum(step);
    double next = momentum(step + 1);
    double product = momentumProduct(step);
    double ofGradient = learningRate * (1 - now) / (1 - product);
    double ofMean = learningRate * next / (1 - product * now * next);
    double correction2 = 1 - Factors.power(Factors.decimal(beta2), step);
    float rootScale = (float) (1 / Math.sqrt(correction2));
    descend(parameters, gradient, state, (float) ofGradient, (float) ofMean, rootScale);
  }

  private void descend(
      float[] parameters,
      float[] gradient,
      float[][] state,
      float ofGradient,
      float ofMean,
      float rootScale) {
    float beta1 = this.beta1;
    float beta2 = this.beta2;
    float epsilon = this.epsilon;
    float rest1 = Factors.rest(beta1);
    float rest2 = Factors.rest(beta2);
    float[] m = state[0];
    float[] v = state[1];
    for (int i = 0; i < parameters.length; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      float mean = Math.fma(beta1, m[i], rest1 * g);
      float square = Math.fma(beta2, v[i], rest2 * g * g);
      m[i] = mean;
      v[i] = square;
      float root = (float) Math.sqrt(square) * rootScale;
      float direction = Math.fma(ofMean, mean, ofGradient * g);
      parameters[i] = parameters[i] - direction / (root + epsilon);
    }
  }

  private double momentum(long step) {
    double decay = StrictMath.exp(LOG_OF_DECAY * Factors.decimal(momentumDecay) * step);
    return Factors.decimal(beta1) * (1 - 0.5 * decay);
  }

  /** M: a function of the step alone, so that it is no state that workers would have to average. */
  private double momentumProduct(long step) {
    double beta = Factors.decimal(beta1);
    double decay = StrictMath.exp(LOG_OF_DECAY * Factors.decimal(momentumDecay));
    double product = 1;
    double power = 1;
    for (long t = 1; t <= step && product > NOTHING; t++) {
      power *= decay;
      product *= beta * (1 - 0.5 * power);
    }
    return product;
  }
}
