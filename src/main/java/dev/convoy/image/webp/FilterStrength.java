package dev.convoy.image.webp;

/**
 * Says how much the loop filter smooths a block's borders.
 *
 * @param limit of the step across an edge that is smoothed; nothing is where it is 0
 * @param interior the largest step beside the edge
 * @param highVariance the step beside an edge above which fewer pixels change
 */
record FilterStrength(int limit, int interior, int highVariance) {
  private static final int MOST_LEVEL = 63;

  /** Source: RFC 6386, sections 9.6 and 15.2 to 15.4. */
  static FilterStrength of(int wanted, int sharpness) {
    int level = Math.max(0, Math.min(MOST_LEVEL, wanted));
    if (level == 0) {
      return new FilterStrength(0, 0, 0);
    }
    int interior = level;
    if (sharpness > 0) {
      interior = Math.min(9 - sharpness, level >> (sharpness > 4 ? 2 : 1));
    }
    interior = Math.max(1, interior);
    int highVariance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    return new FilterStrength(2 * level + interior, interior, highVariance);
  }
}
