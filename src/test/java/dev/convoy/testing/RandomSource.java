package dev.convoy.testing;

import java.util.Random;

/**
 * Random test data. A failing test prints {@code -Dconvoy.testSeed=...}, which makes the same data
 * again; without it the seed is a constant.
 */
public final class RandomSource {
  private static final String PROPERTY = "convoy.testSeed";

  private final long seed = Long.getLong(PROPERTY, 20_240_607);
  private final Random random;

  /** A stream for the test of this name. */
  public RandomSource(String name) {
    random = new Random(seed * 31 + name.hashCode());
  }

  /** How to run it again: to be part of the message of every assertion. */
  public String again() {
    return "(run again with -D" + PROPERTY + "=" + seed + ") ";
  }

  /** Normal values of deviation 1. */
  public float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Values that all differ by at least {@code gap}, around 0, in a random order; none is 0. */
  public float[] spread(int count, float gap) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i - count / 2 + 0.5f) * gap;
    }
    for (int last = count - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      float value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
    return values;
  }

  /** Values of -1 and 1. */
  public float[] signs(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return values;
  }

  /** Uniform in {@code [0, bound)}. */
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** So many bytes. */
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
