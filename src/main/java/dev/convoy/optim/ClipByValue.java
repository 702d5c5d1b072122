package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * Brings each value of the gradient into {@code [-limit, limit]}.
 *
 * @param limit above 0
 */
@PublicApi
public record ClipByValue(float limit) implements Clipping {
  public ClipByValue {
    Check.positive(limit, "ClipByValue.limit");
  }

  @Override
  public void clip(float[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      float g = gradient[i];
      // 0 · g is 0, except that of infinity it is NaN, which keeps it from passing for the limit.
      gradient[i] = Math.fma(0f, g, Math.max(-limit, Math.min(limit, g)));
    }
  }

  @Override
  public boolean needsSquares() {
    return false;
  }

  @Override
  public double[] squares(float[] part) {
    return new double[0];
  }

  @Override
  public void clip(float[] part, double[] squares) {
    clip(part);
  }
}
