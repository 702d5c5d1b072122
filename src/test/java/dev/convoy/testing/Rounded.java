package dev.convoy.testing;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A value in float64, and how far float32 usually lies from it: by the roundings of all products
 * and sums on the way to it, to first order, as if each were by chance.
 *
 * <p>A sum is rounded by as much as the sum of its absolute summands is, in whatever order it is
 * summed; what its summands bring with them, some up and some down, adds up as their squares do.
 *
 * @param value without error
 * @param error in units of 2^-24, by which float32 rounds a value of 1 at most
 */
public record Rounded(double value, double error) {
  /** By so many times its usual error a right result may be off, since chance has its tail. */
  public static final double TAIL = 4;

  private static final double UNIT = 0x1p-24;

  /** Returns a value that float32 holds as it is, or whose error plays no part. */
  public static Rounded exact(double value) {
    return new Rounded(value, 0);
  }

  /** Returns values of this kind. */
  public static Rounded[] exact(double... values) {
    return Arrays.stream(values).mapToObj(Rounded::exact).toArray(Rounded[]::new);
  }

  /** Returns how far a result in float32 may lie from the value. */
  public double allowed() {
    return TAIL * UNIT * error;
  }

  /** Returns the product of the two, rounded. */
  public Rounded times(Rounded other) {
    double product = value * other.value;
    return new Rounded(product, joined(value * other.error, other.value * error, product));
  }

  /** Returns the product with a number that float32 holds as it is, rounded. */
  public Rounded times(double factor) {
    return times(exact(factor));
  }

  /** Returns the sum of the two. */
  public Rounded plus(Rounded other) {
    double sum = value + other.value;
    return new Rounded(sum, joined(error, other.error, sum));
  }

  /** Returns the difference of the two. */
  public Rounded minus(Rounded other) {
    return plus(new Rounded(-other.value, other.error));
  }

  /**
   * Returns a function's value, rounded.
   *
   * @param slope of the function, by which an error of its argument grows or shrinks
   */
  public Rounded apply(DoubleUnaryOperator function, DoubleUnaryOperator slope) {
    double result = function.applyAsDouble(value);
    return new Rounded(result, joined(slope.applyAsDouble(value) * error, result, 0));
  }

  private static double joined(double a, double b, double c) {
    return Math.sqrt(a * a + b * b + c * c);
  }

  /** A sum of values as they come. */
  public static final class Sum {
    private double value;
    private double absolute;
    private double squaredErrors;

    /** Adds a summand. */
    public void add(Rounded summand) {
      value += summand.value;
      absolute += Math.abs(summand.value);
      squaredErrors += summand.error * summand.error;
    }

    /** Returns the sum of all so far. */
    public Rounded get() {
      return new Rounded(value, joined(absolute, Math.sqrt(squaredErrors), 0));
    }
  }

  /** Returns so many sums of nothing. */
  public static Sum[] sums(int count) {
    Sum[] sums = new Sum[count];
    Arrays.setAll(sums, i -> new Sum());
    return sums;
  }

  /** Returns what these sums come to. */
  public static Rounded[] of(Sum[] sums) {
    return Arrays.stream(sums).map(Sum::get).toArray(Rounded[]::new);
  }
}
