package dev.convoy.image.webp;

/**
 * Makes differences of pixels out of coefficients, by whole numbers, so that all decoders agree.
 * Source: RFC 6386, sections 14.2 to 14.4.
 */
final class InverseTransform {
  private InverseTransform() {}

  /** Puts the mean of each of 16 blocks in the first of its coefficients. */
  static void means(int[] in, int[] coefficients) {
    int[] rows = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = in[i] + in[12 + i];
      int b = in[4 + i] + in[8 + i];
      int c = in[4 + i] - in[8 + i];
      int d = in[i] - in[12 + i];
      rows[i] = a + b;
      rows[4 + i] = d + c;
      rows[8 + i] = a - b;
      rows[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int first = rows[4 * i] + 3;
      int a = first + rows[4 * i + 3];
      int b = rows[4 * i + 1] + rows[4 * i + 2];
      int c = rows[4 * i + 1] - rows[4 * i + 2];
      int d = first - rows[4 * i + 3];
      coefficients[64 * i] = a + b >> 3;
      coefficients[64 * i + 16] = d + c >> 3;
      coefficients[64 * i + 32] = a - b >> 3;
      coefficients[64 * i + 48] = d - c >> 3;
    }
  }

  /** Adds what 16 coefficients make to a block of 4 by 4 values. */
  static void add(int[] in, int from, byte[] values, int at, int stride) {
    int[] t = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = in[from + i] + in[from + 8 + i];
      int b = in[from + i] - in[from + 8 + i];
      int c = sine(in[from + 4 + i]) - cosine(in[from + 12 + i]);
      int d = cosine(in[from + 4 + i]) + sine(in[from + 12 + i]);
      t[4 * i] = a + d;
      t[4 * i + 1] = b + c;
      t[4 * i + 2] = b - c;
      t[4 * i + 3] = a - d;
    }
    for (int i = 0; i < 4; i++) {
      int first = t[i] + 4;
      int a = first + t[8 + i];
      int b = first - t[8 + i];
      int c = sine(t[4 + i]) - cosine(t[12 + i]);
      int d = cosine(t[4 + i]) + sine(t[12 + i]);
      int row = at + i * stride;
      values[row] = clamp((values[row] & 0xFF) + (a + d >> 3));
      values[row + 1] = clamp((values[row + 1] & 0xFF) + (b + c >> 3));
      values[row + 2] = clamp((values[row + 2] & 0xFF) + (b - c >> 3));
      values[row + 3] = clamp((values[row + 3] & 0xFF) + (a - d >> 3));
    }
  }

  /** The square root of 2, times the cosine of an eighth of pi. */
  private static int cosine(int value) {
    return (value * 20091 >> 16) + value;
  }

  /** The square root of 2, times the sine of an eighth of pi. */
  private static int sine(int value) {
    return value * 35468 >> 16;
  }

  static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
