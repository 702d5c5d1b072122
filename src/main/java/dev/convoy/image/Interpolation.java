package dev.convoy.image;

/**
 * Tells which pixels of a row or column make each pixel of a longer or shorter one, and how much
 * each counts: a triangle around the pixel's middle that reaches to its neighbours' middles, in
 * pixels of the coarser of the two. Weights of a pixel add up to 1.
 */
final class Interpolation {
  private final int[] first;
  private final double[][] weights;

  private Interpolation(int[] first, double[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  static Interpolation of(int from, int to) {
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    int[] first = new int[to];
    double[][] weights = new double[to][];
    for (int i = 0; i < to; i++) {
      double middle = (i + 0.5) * scale;
      first[i] = (int) Math.max(0, Math.floor(middle - reach));
      int end = (int) Math.min(from, Math.ceil(middle + reach));
      weights[i] = new double[end - first[i]];
      double sum = 0;
      for (int j = 0; j < weights[i].length; j++) {
        double distance = Math.abs(first[i] + j + 0.5 - middle) / reach;
        weights[i][j] = Math.max(0, 1 - distance);
        sum += weights[i][j];
      }
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] /= sum;
      }
    }
    return new Interpolation(first, weights);
  }

  /** The first pixel that counts. */
  int first(int pixel) {
    return first[pixel];
  }

  /** Returns what the first pixel that counts and those after it weigh; to be read alone. */
  double[] weights(int pixel) {
    return weights[pixel];
  }
}
