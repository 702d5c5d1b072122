package dev.convoy.train.score;

import dev.convoy.api.PublicApi;

/**
 * How well each label is told, where an image may have several: an output above 0 predicts its
 * label. Counts are all that is kept, one a label, however many examples there are: each example
 * counts by its weight.
 *
 * @param truePositives examples that have the label and for which it was predicted
 * @param falsePositives examples that don't have it and for which it was predicted
 * @param falseNegatives examples that have it and for which it wasn't predicted
 */
@PublicApi
public record LabelScores(double[] truePositives, double[] falsePositives, double[] falseNegatives)
    implements VectorScores {
  private static final long serialVersionUID = 1;

  /** Returns the scores over no example. */
  static LabelScores none(int labels) {
    return new LabelScores(new double[labels], new double[labels], new double[labels]);
  }

  @Override
  public void add(int output, float value, float target, float weight) {
    boolean has = target > 0.5f;
    if (value > 0) {
      (has ? truePositives : falsePositives)[output] += weight;
    } else if (has) {
      falseNegatives[output] += weight;
    }
  }

  @Override
  public LabelScores plus(VectorScores others) {
    LabelScores that = (LabelScores) others;
    return new LabelScores(
        sum(truePositives, that.truePositives),
        sum(falsePositives, that.falsePositives),
        sum(falseNegatives, that.falseNegatives));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sums = a.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += b[i];
    }
    return sums;
  }

  /** Share of the label's predictions that were right; 0 if there was none. */
  public double precision(int label) {
    return share(truePositives[label], falsePositives[label]);
  }

  /** Share of the examples with the label for which it was predicted; 0 if there was none. */
  public double recall(int label) {
    return share(truePositives[label], falseNegatives[label]);
  }

  /** Harmonic mean of precision and recall; 0 if both are 0. */
  public double f1(int label) {
    double wrong = falsePositives[label] + falseNegatives[label];
    return share(2 * truePositives[label], wrong);
  }

  /** Returns how many examples have the label, each counted by its weight. */
  public double examples(int label) {
    return truePositives[label] + falseNegatives[label];
  }

  private static double share(double right, double wrong) {
    return right == 0 ? 0 : right / (right + wrong);
  }
}
