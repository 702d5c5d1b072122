package dev.convoy.optim;

import dev.convoy.tensor.Check;
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
public record Adam(
    Float learningRate,
    Float beta1,
    Float beta2,
    Float epsilon,
    float weightDecay,
    boolean amsgrad,
    Boolean biasCorrection)
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

  /** At this rate, all else by default. */
  public static Adam of(float learningRate) {
    return new Adam(learningRate, null, null, null, 0, false, null);
  }

  @Override
  public List<String> slots() {
    return amsgrad ? List.of("m", "v", "vMax") : List.of("m", "v");
  }

  @Override
  public void step(
      float[] parameters, float[] gradient, float[] state, long step, float learningRate) {
    // 1 - beta is taken in double: in float, 1 - 0.999f is off by 1e-5 of itself.
    double correction1 = biasCorrection ? 1 - power(decimal(beta1), step) : 1;
    double correction2 = biasCorrection ? 1 - power(decimal(beta2), step) : 1;
    float stepSize = (float) (learningRate / correction1);
    float rootScale = (float) (1 / Math.sqrt(correction2));
    moments(parameters, gradient, state);
    int second = parameters.length;
    if (amsgrad) {
      largest(state, parameters.length);
      second = 2 * parameters.length;
    }
    descend(parameters, state, second, stepSize, rootScale);
  }

  private void moments(float[] parameters, float[] gradient, float[] state) {
    float beta1 = this.beta1;
    float beta2 = this.beta2;
    float rest1 = (float) (1 - decimal(beta1));
    float rest2 = (float) (1 - decimal(beta2));
    int count = parameters.length;
    for (int i = 0; i < count; i++) {
      float g = Math.fma(weightDecay, parameters[i], gradient[i]);
      state[i] = Math.fma(beta1, state[i], rest1 * g);
      state[count + i] = Math.fma(beta2, state[count + i], rest2 * g * g);
    }
  }

  private static void largest(float[] state, int count) {
    for (int i = 0; i < count; i++) {
      state[2 * count + i] = Math.max(state[2 * count + i], state[count + i]);
    }
  }

  private void descend(
      float[] parameters, float[] state, int second, float stepSize, float rootScale) {
    float epsilon = this.epsilon;
    for (int i = 0; i < parameters.length; i++) {
      float root = (float) Math.sqrt(state[second + i]) * rootScale;
      parameters[i] = Math.fma(-stepSize, state[i] / (root + epsilon), parameters[i]);
    }
  }

  /** By squaring: StrictMath.pow allocates until it is compiled well. */
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }

  /**
   * The decimal that the user wrote: 0.999 for 0.999f, which itself is 0.99900001... Without text
   * between, which would be allocated in each step.
   */
  static double decimal(float value) {
    double power = 1;
    for (int digits = 0; digits < 10; digits++) {
      double rounded = Math.rint(value * power) / power;
      if ((float) rounded == value) {
        return rounded;
      }
      power *= 10;
    }
    return value;
  }
}
