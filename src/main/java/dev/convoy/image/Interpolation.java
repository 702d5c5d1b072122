package dev.convoy.image;

/**
 * Tells which pixels of a row or column make each pixel of a longer or shorter one, and how much
 * each counts: a triangle around the pixel's middle that reaches to its neighbours' middles, in
 * pixels of the coarser of the two. Weights of a pixel add up to 1. Nothing is stored, since a side
 * may be as long as a picture has pixels.
 *
 * @param from pixels that there are
 * @param to pixels that are made
 */
record Interpolation(int from, int to) {
  private double scale() {
    return (double) from / to;
  }

  private double middle(int pixel) {
    return (pixel + 0.5) * scale();
  }

  private double reach() {
    return Math.max(1, scale());
  }

  /** The first pixel that counts. */
  int first(int pixel) {
    return (int) Math.max(0, Math.floor(middle(pixel) - reach()));
  }

  /** Returns the first pixel that counts no more. */
  int end(int pixel) {
    return (int) Math.min(from, Math.ceil(middle(pixel) + reach()));
  }

  /** What a pixel weighs, before all are divided by their {@link #sum}. */
  double raw(int pixel, int source) {
    return raw(middle(pixel), reach(), source);
  }

  private static double raw(double middle, double reach, int source) {
    return Math.max(0, 1 - Math.abs(source + 0.5 - middle) / reach);
  }

  /** What all pixels that count weigh together. */
  double sum(int pixel) {
    double middle = middle(pixel);
    double reach = reach();
    double sum = 0;
    for (int source = first(pixel); source < end(pixel); source++) {
      sum += raw(middle, reach, source);
    }
    return sum;
  }

  /** Returns what the first pixel that counts and those after it weigh. */
  double[] weights(int pixel) {
    double[] weights = new double[end(pixel) - first(pixel)];
    double sum = sum(pixel);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = raw(pixel, first(pixel) + i) / sum;
    }
    return weights;
  }

  /** Numbers that the weights of so many pixels take. */
  long count(int pixels) {
    return (long) (pixels * (2 * reach() + 2));
  }
}
