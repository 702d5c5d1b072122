package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToDoubleFunction;

/** Holds gradients against slopes by central differences along a way through all values at once. */
public final class Slopes {
  private Slopes() {}

  /**
   * Fails unless the gradient's part along the way is the slope of the loss along it.
   *
   * @param loss at given values
   * @param at values at which the gradient was taken
   * @param way direction, of -1 and 1
   * @param reach how far to go both ways
   * @param relative largest error, of the gradient's own length
   * @param absolute largest error beside that
   */
  public static void assertSlope(
      float[] gradient,
      ToDoubleFunction<float[]> loss,
      float[] at,
      float[] way,
      float reach,
      double relative,
      double absolute,
      String what) {
    double ahead = loss.applyAsDouble(moved(at, way, reach));
    double behind = loss.applyAsDouble(moved(at, way, -reach));
    double expected = 0;
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      expected += (double) gradient[i] * way[i];
      squares += (double) gradient[i] * gradient[i];
    }
    double slope = (ahead - behind) / (2 * reach);
    assertEquals(expected, slope, relative * Math.sqrt(squares) + absolute, what);
  }

  private static float[] moved(float[] values, float[] way, float reach) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += way[i] * reach;
    }
    return moved;
  }

  /** Σ gy·y, whose gradients a backward pass from gy gives. */
  public static double product(float[] gy, float[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (double) gy[i] * y[i];
    }
    return sum;
  }
}
