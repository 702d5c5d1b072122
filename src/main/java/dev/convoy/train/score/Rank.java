package dev.convoy.train.score;

/** The place of a class among all, the largest output first. */
final class Rank {
  private Rank() {}

  /**
   * Returns how many classes come before this one: those of a larger output, and of an equal one
   * those of a lower number.
   *
   * @param offset where the output of class 0 lies
   * @param stride from one class to the next
   */
  static int of(int label, float[] outputs, int offset, int stride, int classes) {
    float own = outputs[offset + label * stride];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float other = outputs[offset + c * stride];
      if (other > own || other == own && c < label) {
        before++;
      }
    }
    return before;
  }
}
