package dev.convoy.benchmark;

import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;

/** The product that is timed: {@code C = A · B} of square matrices, row-major. */
final class MatrixProduct {
  /** Rows and columns: a multiple of every tile in use, and beyond the second cache. */
  static final int SIZE = 768;

  static final long FLOPS = 2L * SIZE * SIZE * SIZE;

  /** The task's name. */
  static final String PRODUCT = "product";

  /** Asks for the sum of all values of C, to show that both compute the same. */
  static final String SUM = "sum";

  private MatrixProduct() {}

  /** A matrix of noise; the same for the same number. */
  static float[] matrix(int number) {
    SeededRandom random = SeededRandom.of(number, Purpose.DEAL);
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.25);
    }
    return values;
  }

  /** The sum, as an answer. */
  static String sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return String.valueOf(sum);
  }
}
