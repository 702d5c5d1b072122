package dev.convoy.nn.replica.step;

/** Sums value by value: a loop that compilers make vectors of. */
public final class Sums {
  private Sums() {}

  /** {@code sum = a + b}; it may be one of them. */
  public static void add(float[] a, float[] b, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  /** {@code sum += a}, of {@code count} values of either. */
  public static void addTo(float[] sum, int sumOffset, float[] a, int offset, int count) {
    for (int i = 0; i < count; i++) {
      sum[sumOffset + i] += a[offset + i];
    }
  }
}
