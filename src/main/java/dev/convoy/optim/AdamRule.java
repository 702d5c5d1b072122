package dev.convoy.optim;

/** The loops that {@link Adam} and {@link Adamw} share. */
final class AdamRule {
  private AdamRule() {}

  /**
   * One step.
   *
   * @param state m, v, and for AMSGrad the greatest v so far
   * @param penalty factor of the L2 penalty, whose gradient enters the moments
   * @param shrink share by which each parameter shrinks beside the step
   * @param correction1 what m is divided by
   * @param correction2 what v is divided by
   */
  static void step(
      float[] parameters,
      float[] gradient,
      float[][] state,
      float beta1,
      float beta2,
      float epsilon,
      float penalty,
      float shrink,
      float learningRate,
      double correction1,
      double correction2) {
    float stepSize = (float) (learningRate / correction1);
    float rootScale = (float) (1 / Math.sqrt(correction2));
    float rest1 = Factors.rest(beta1);
    float rest2 = Factors.rest(beta2);
    float[] m = state[0];
    float[] v = state[1];
    if (state.length == 2) {
      for (int i = 0; i < parameters.length; i++) {
        float p = parameters[i];
        float g = Math.fma(penalty, p, gradient[i]);
        float mean = Math.fma(beta1, m[i], rest1 * g);
        float square = Math.fma(beta2, v[i], rest2 * g * g);
        m[i] = mean;
        v[i] = square;
        float root = (float) Math.sqrt(square) * rootScale;
        parameters[i] = Math.fma(-stepSize, mean / (root + epsilon), Math.fma(-shrink, p, p));
      }
      return;
    }
    float[] most = state[2];
    for (int i = 0; i < parameters.length; i++) {
      float p = parameters[i];
      float g = Math.fma(penalty, p, gradient[i]);
      float mean = Math.fma(beta1, m[i], rest1 * g);
      float square = Math.fma(beta2, v[i], rest2 * g * g);
      float greatest = Math.max(most[i], square);
      m[i] = mean;
      v[i] = square;
      most[i] = greatest;
      float root = (float) Math.sqrt(greatest) * rootScale;
      parameters[i] = Math.fma(-stepSize, mean / (root + epsilon), Math.fma(-shrink, p, p));
    }
  }
}
