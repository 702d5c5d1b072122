package dev.convoy.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the cells of a classifier's columns of probabilities.
 *
 * @param classes how many there are
 * @param thresholds one a class; absent where the largest probability counts
 */
record ClassValues(OutputColumns columns, int classes, double @Nullable [] thresholds)
    implements RowPredictions.RowValues {
  private static final long serialVersionUID = 1;

  @Override
  public Object[] of(float @Nullable [] outputs) {
    double[] probabilities = new double[classes];
    double[] raw = new double[classes];
    double prediction = Double.NaN;
    if (outputs == null) {
      Arrays.fill(probabilities, Double.NaN);
      Arrays.fill(raw, Double.NaN);
    } else {
      Arrays.setAll(probabilities, c -> outputs[c]);
      raw = logarithms(outputs);
      prediction = Classes.choose(probabilities, thresholds);
    }
    List<Object> cells = new ArrayList<>();
    if (!columns.raw().isEmpty()) {
      cells.add(Vectors.dense(raw));
    }
    if (!columns.probability().isEmpty()) {
      cells.add(Vectors.dense(probabilities));
    }
    if (!columns.prediction().isEmpty()) {
      cells.add(prediction);
    }
    return cells.toArray();
  }

  /** Returns the logarithms of probabilities; those of 0 are of the least positive number. */
  static double[] logarithms(float[] probabilities) {
    double[] raw = new double[probabilities.length];
    Arrays.setAll(raw, c -> StrictMath.log(Math.max(probabilities[c], Float.MIN_VALUE)));
    return raw;
  }
}
