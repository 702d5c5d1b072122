package dev.convoy.image.webp;

/** Smooths edges between blocks. Source: RFC 6386, section 15. */
final class LoopFilter {
  private final byte[] values;
  private final int limit;
  private final int interior;
  private final int highVariance;
  private final boolean isSimple;

  /** A filter of these values, which it changes. */
  LoopFilter(byte[] values, FilterStrength strength, boolean isSimple) {
    this.values = values;
    this.limit = strength.limit();
    this.interior = strength.interior();
    this.highVariance = strength.highVariance();
    this.isSimple = isSimple;
  }

  /**
   * Smooths an edge between two blocks of 16 by 16 pixels.
   *
   * @param at the first value after the edge
   * @param along from one value to the next beside the edge
   * @param across from one value to the next over the edge
   * @param length of the edge
   */
  void border(int at, int along, int across, int length) {
    smooth(at, along, across, length, 2 * (limit + 4) + 1, true);
  }

  /** Smooths an edge between two parts of a block. */
  void inside(int at, int along, int across, int length) {
    smooth(at, along, across, length, 2 * limit + 1, false);
  }

  private void smooth(int from, int along, int across, int length, int most, boolean isBorder) {
    for (int i = 0; i < length; i++) {
      int at = from + i * along;
      int p1 = values[at - 2 * across] & 0xFF;
      int p0 = values[at - across] & 0xFF;
      int q0 = values[at] & 0xFF;
      int q1 = values[at + across] & 0xFF;
      if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
        continue;
      }
      if (isSimple) {
        two(at, across, p1, p0, q0, q1);
      } else if (isEven(at, across, p1, p0, q0, q1)) {
        if (Math.abs(p1 - p0) > highVariance || Math.abs(q1 - q0) > highVariance) {
          two(at, across, p1, p0, q0, q1);
        } else if (isBorder) {
          six(at, across, p1, p0, q0, q1);
        } else {
          four(at, across, p1, p0, q0, q1);
        }
      }
    }
  }

  private boolean isEven(int at, int across, int p1, int p0, int q0, int q1) {
    int p3 = values[at - 4 * across] & 0xFF;
    int p2 = values[at - 3 * across] & 0xFF;
    int q2 = values[at + 2 * across] & 0xFF;
    int q3 = values[at + 3 * across] & 0xFF;
    return Math.abs(p3 - p2) <= interior
        && Math.abs(p2 - p1) <= interior
        && Math.abs(p1 - p0) <= interior
        && Math.abs(q3 - q2) <= interior
        && Math.abs(q2 - q1) <= interior
        && Math.abs(q1 - q0) <= interior;
  }

  /** Changes the pixels at the edge alone. */
  private void two(int at, int across, int p1, int p0, int q0, int q1) {
    int a = signed(3 * (q0 - p0) + signed(p1 - q1));
    values[at - across] = InverseTransform.clamp(p0 + (Math.min(127, a + 3) >> 3));
    values[at] = InverseTransform.clamp(q0 - (Math.min(127, a + 4) >> 3));
  }

  private void four(int at, int across, int p1, int p0, int q0, int q1) {
    int a = signed(3 * (q0 - p0));
    int toP = Math.min(127, a + 3) >> 3;
    int toQ = Math.min(127, a + 4) >> 3;
    int less = toQ + 1 >> 1;
    values[at - 2 * across] = InverseTransform.clamp(p1 + less);
    values[at - across] = InverseTransform.clamp(p0 + toP);
    values[at] = InverseTransform.clamp(q0 - toQ);
    values[at + across] = InverseTransform.clamp(q1 - less);
  }

  private void six(int at, int across, int p1, int p0, int q0, int q1) {
    int p2 = values[at - 3 * across] & 0xFF;
    int q2 = values[at + 2 * across] & 0xFF;
    int a = signed(3 * (q0 - p0) + signed(p1 - q1));
    int near = 27 * a + 63 >> 7;
    int middle = 18 * a + 63 >> 7;
    int far = 9 * a + 63 >> 7;
    values[at - 3 * across] = InverseTransform.clamp(p2 + far);
    values[at - 2 * across] = InverseTransform.clamp(p1 + middle);
    values[at - across] = InverseTransform.clamp(p0 + near);
    values[at] = InverseTransform.clamp(q0 - near);
    values[at + across] = InverseTransform.clamp(q1 - middle);
    values[at + 2 * across] = InverseTransform.clamp(q2 - far);
  }

  private static int signed(int value) {
    return Math.max(-128, Math.min(127, value));
  }
}
