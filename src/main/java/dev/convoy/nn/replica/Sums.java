package dev.convoy.nn.replica;

/** Sums value by value: a loop that compilers make vectors of. */
final class Sums {
  private Sums() {}

  /** {@code sum = a + b}; it may be one of them. */
  static void add(float[] a, float[] b, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  /** {@code sum += a}, of {@code count} values of either. */
  static void addTo(float[] sum, int sumOffset, float[] a, int offset, int count) {
    for (int i = 0; i < count; i++) {
      sum[sumOffset + i] += a[offset + i];
    }
  }
}
