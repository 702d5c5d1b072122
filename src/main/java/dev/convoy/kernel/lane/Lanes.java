package dev.convoy.kernel.lane;

/**
 * The layout of a batch: {@code [block][C][H][W][16]}. Sixteen images lie side by side, image i in
 * lane {@code i % 16} of block {@code i / 16}, so that every layer works on whole vectors at any
 * number of channels.
 *
 * <p>Sixteen floats are a cache line and the widest vector of current CPUs; narrower vectors take a
 * block in parts. Lanes never mix but in {@link #sum}, whose order is fixed: the result does not
 * depend on the hardware's width.
 */
public final class Lanes {
  /** Images side by side. */
  public static final int WIDTH = 16;

  private Lanes() {}

  /** Returns how many blocks hold so many images. */
  public static int blocks(int images) {
    return (images + WIDTH - 1) / WIDTH;
  }

  /**
   * Returns the sum of the sixteen values from {@code offset} on, by halving: lanes 8 apart first,
   * neighbours last.
   */
  public static float sum(float[] values, int offset) {
    float s0 = quarter(values, offset);
    float s1 = quarter(values, offset + 1);
    float s2 = quarter(values, offset + 2);
    float s3 = quarter(values, offset + 3);
    return (s0 + s2) + (s1 + s3);
  }

  /** Returns the sum of sixteen doubles, in the order of {@link #sum(float[], int)}. */
  public static double sum(double[] values, int offset) {
    double s0 = quarter(values, offset);
    double s1 = quarter(values, offset + 1);
    double s2 = quarter(values, offset + 2);
    double s3 = quarter(values, offset + 3);
    return (s0 + s2) + (s1 + s3);
  }

  /**
   * Adds the sixteen values from {@code at} on, times a weight, to sums: each by a fused product.
   */
  public static void addScaled(float[] values, int at, float weight, float[] sums) {
    for (int lane = 0; lane < WIDTH; lane++) {
      sums[lane] = Math.fma(values[at + lane], weight, sums[lane]);
    }
  }

  private static double quarter(double[] values, int at) {
    return (values[at] + values[at + 8]) + (values[at + 4] + values[at + 12]);
  }

  private static float quarter(float[] values, int at) {
    return (values[at] + values[at + 8]) + (values[at + 4] + values[at + 12]);
  }
}
