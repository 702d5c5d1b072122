package dev.convoy.optim;

/** Factors of a step, in double: made once a step, without an object. */
final class Factors {
  private Factors() {}

  /** Raises to a power by squaring: StrictMath.pow allocates until it is compiled well. */
  static double power(double base, long exponent) {
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

  /** {@code 1 - value}; taken in float, 1 - 0.999f is off by 1e-5 of itself. */
  static float rest(float value) {
    return (float) (1 - decimal(value));
  }
}
