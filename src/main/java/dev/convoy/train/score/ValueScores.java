package dev.convoy.train.score;

import dev.convoy.api.PublicApi;
import java.util.Arrays;

/**
 * How far a network's values are from their targets. Each example counts by its weight.
 *
 * @param counts of values, one an output
 * @param absoluteErrors sum of {@code |value - target|}
 * @param squaredErrors sum of {@code (value - target)²}
 */
@PublicApi
public record ValueScores(double[] counts, double[] absoluteErrors, double[] squaredErrors)
    implements VectorScores {
  private static final long serialVersionUID = 1;

  /** Returns the scores over no example. */
  static ValueScores none(int outputs) {
    return new ValueScores(new double[outputs], new double[outputs], new double[outputs]);
  }

  @Override
  public void add(int output, float value, float target, float weight) {
    double error = (double) value - target;
    counts[output] += weight;
    absoluteErrors[output] += weight * Math.abs(error);
    squaredErrors[output] += weight * (error * error);
  }

  @Override
  public ValueScores plus(VectorScores others) {
    ValueScores that = (ValueScores) others;
    double[] allCounts = counts.clone();
    double[] allAbsolute = absoluteErrors.clone();
    double[] allSquared = squaredErrors.clone();
    for (int c = 0; c < allCounts.length; c++) {
      allCounts[c] += that.counts[c];
      allAbsolute[c] += that.absoluteErrors[c];
      allSquared[c] += that.squaredErrors[c];
    }
    return new ValueScores(allCounts, allAbsolute, allSquared);
  }

  /** Mean of {@code |value - target|} of an output. */
  public double meanAbsoluteError(int output) {
    return absoluteErrors[output] / counts[output];
  }

  /** Mean of {@code |value - target|} over all outputs. */
  public double meanAbsoluteError() {
    return Arrays.stream(absoluteErrors).sum() / Arrays.stream(counts).sum();
  }

  /** Root of the mean of {@code (value - target)²} of an output. */
  public double rootMeanSquaredError(int output) {
    return Math.sqrt(squaredErrors[output] / counts[output]);
  }

  /** Root of the mean of {@code (value - target)²} over all outputs. */
  public double rootMeanSquaredError() {
    return Math.sqrt(Arrays.stream(squaredErrors).sum() / Arrays.stream(counts).sum());
  }
}
