package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * Scales the whole gradient so that its Euclidean norm is at most {@code limit}: {@code g *= min(1,
 * limit / (||g|| + 1e-6))}. Source: Pascanu et al., ICML 2013.
 *
 * @param limit above 0
 */
@PublicApi
public record ClipByNorm(float limit) implements Clipping {
  /** Keeps a gradient near 0 from being divided by 0. */
  private static final double EPSILON = 1e-6;

  public ClipByNorm {
    Check.positive(limit, "ClipByNorm.limit");
  }

  @Override
  public void clip(float[] gradient) {
    scale(gradient, norm(gradient));
  }

  @Override
  public boolean needsSquares() {
    return true;
  }

  @Override
  public double[] squares(float[] part) {
    double[] squares = new double[(part.length + STRETCH - 1) / STRETCH];
    for (int i = 0; i < squares.length; i++) {
      int start = i * STRETCH;
      squares[i] = sumOfSquares(part, start, Math.min(part.length, start + STRETCH));
    }
    return squares;
  }

  @Override
  public void clip(float[] part, double[] squares) {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    scale(part, Math.sqrt(sum));
  }

  private void scale(float[] gradient, double norm) {
    double factor = Factors.decimal(limit) / (norm + EPSILON);
    // Of NaN or infinity nothing would be left but zeros, or NaN everywhere: they stay where they
    // are, where they are found.
    if (factor < 1 && factor != 0) {
      float rounded = (float) factor;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= rounded;
      }
    }
  }

  /** The Euclidean norm: stretches are summed by themselves, and their sums in order. */
  static double norm(float[] values) {
    double sum = 0;
    for (int start = 0; start < values.length; start += STRETCH) {
      sum += sumOfSquares(values, start, Math.min(values.length, start + STRETCH));
    }
    return Math.sqrt(sum);
  }

  /**
   * Squares of floats are exact in double; eight sums run side by side, value i in sum i mod 8, so
   * that they wait for no other, and are added in pairs.
   */
  private static double sumOfSquares(float[] values, int start, int end) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = start + (end - start & -8);
    for (int i = start; i < whole; i += 8) {
      s0 += (double) values[i] * values[i];
      s1 += (double) values[i + 1] * values[i + 1];
      s2 += (double) values[i + 2] * values[i + 2];
      s3 += (double) values[i + 3] * values[i + 3];
      s4 += (double) values[i + 4] * values[i + 4];
      s5 += (double) values[i + 5] * values[i + 5];
      s6 += (double) values[i + 6] * values[i + 6];
      s7 += (double) values[i + 7] * values[i + 7];
    }
    double tail = 0;
    for (int i = whole; i < end; i++) {
      tail += (double) values[i] * values[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + tail;
  }
}
