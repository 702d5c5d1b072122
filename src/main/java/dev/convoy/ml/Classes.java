package dev.convoy.ml;

import org.jspecify.annotations.Nullable;

/** Chooses a class by probabilities. */
final class Classes {
  private Classes() {}

  /**
   * Returns the class of the largest probability, or, with thresholds, of the largest quotient of
   * the two; the first of equal ones. A class of threshold 0 is taken wherever its probability is
   * not 0, as MLlib has it.
   */
  static int choose(double[] probabilities, double @Nullable [] thresholds) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < probabilities.length; c++) {
      double scaled =
          thresholds == null ? probabilities[c] : scaled(probabilities[c], thresholds[c]);
      if (scaled > most) {
        most = scaled;
        best = c;
      }
    }
    return best;
  }

  private static double scaled(double probability, double threshold) {
    if (threshold == 0) {
      return probability == 0 ? Double.MIN_VALUE : Double.POSITIVE_INFINITY;
    }
    return probability / threshold;
  }
}
