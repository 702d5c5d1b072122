package dev.convoy.image.augment;

import dev.convoy.random.SeededRandom;

/**
 * Draws from the Beta distribution of two equal parameters, as {@code a / (a + b)} of two Gamma
 * values, in logarithms, so that parameters near 0 do not end in 0 / 0. Source: Marsaglia and
 * Tsang, A simple method for generating gamma variables, 2000; by {@link StrictMath}, the same on
 * every machine.
 */
final class Beta {
  private final double alpha;

  /** One third less than a parameter of at least 1. */
  private final double d;

  private final double c;

  Beta(double alpha) {
    this.alpha = alpha;
    d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3;
    c = 1 / Math.sqrt(9 * d);
  }

  /** The next value, from 0 to 1. */
  double next(SeededRandom random) {
    double a = logGamma(random);
    double b = logGamma(random);
    return 1 / (1 + StrictMath.exp(b - a));
  }

  /** The logarithm of a Gamma value. */
  private double logGamma(SeededRandom random) {
    // A parameter below 1 is drawn as one more, and brought down by a power of an even value.
    double down = alpha < 1 ? StrictMath.log(1 - random.nextDouble()) / alpha : 0;
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        double u = 1 - random.nextDouble();
        if (StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
          return StrictMath.log(d * v) + down;
        }
      }
    }
  }
}
