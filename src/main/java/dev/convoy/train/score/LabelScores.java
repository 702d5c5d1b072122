package dev.convoy.train.score;

import dev.convoy.api.PublicApi;

/**
 * How well each label is told, where an image may have several: an output above 0 predicts its
 * label. Counts are all that is kept, one a label, however many examples there are.
 *
 * @param truePositives examples that have the label and for which it was predicted
 * @param falsePositives examples that don't have it and for which it was predicted
 * @param falseNegatives examples that have it and for which it wasn't predicted
 */
@PublicApi
public record LabelScores(long[] truePositives, long[] falsePositives, long[] falseNegatives)
    implements VectorScores {
  private static final long serialVersionUID = 1;

  /** Returns the scores over no example. */
  static LabelScores none(int labels) {
    return new LabelScores(new long[labels], new long[labels], new long[labels]);
  }

  @Override
  public void add(int output, float value, float target) {
    boolean has = target > 0.5f;
    if (value > 0) {
      (has ? truePositives : falsePositives)[output]++;
    } else if (has) {
      falseNegatives[output]++;
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

  private static long[] sum(long[] a, long[] b) {
    long[] sums = a.clone();
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
    long wrong = falsePositives[label] + falseNegatives[label];
    return share(2 * truePositives[label], wrong);
  }

  /** Returns how many examples have the label. */
  public long examples(int label) {
    return truePositives[label] + falseNegatives[label];
  }

  private static double share(long right, long wrong) {
    return right == 0 ? 0 : (double) right / (right + wrong);
  }
}
