package dev.convoy.train.round;

/**
 * 64 bits by which two contributions are told apart: not against forgery, but quick beside a step,
 * and the same on every machine. Four sums run side by side, each {@code h = (h + bits) · prime},
 * turned round; the multipliers are those of xxHash.
 */
final class ContributionHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final int TURN = 31;

  private ContributionHash() {}

  /** Hashes all that the next state or the metrics depend on. */
  static long of(
      float[] values, float[] buffers, float[] optimizerState, long examples, double lossSum) {
    long hash = add(PRIME_1, examples);
    hash = add(hash, Double.doubleToLongBits(lossSum));
    hash = add(hash, of(values));
    hash = add(hash, of(buffers));
    return mix(add(hash, of(optimizerState)));
  }

  private static long of(float[] values) {
    long a = PRIME_1;
    long b = PRIME_2;
    long c = 0;
    long d = -PRIME_1;
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      a = add(a, Float.floatToRawIntBits(values[i]));
      b = add(b, Float.floatToRawIntBits(values[i + 1]));
      c = add(c, Float.floatToRawIntBits(values[i + 2]));
      d = add(d, Float.floatToRawIntBits(values[i + 3]));
    }
    for (; i < values.length; i++) {
      a = add(a, Float.floatToRawIntBits(values[i]));
    }
    return mix(add(add(add(add(values.length, a), b), c), d));
  }

  private static long add(long hash, long bits) {
    return Long.rotateLeft((hash + bits) * PRIME_2, TURN);
  }

  /** Makes every bit of the result depend on every bit of the sum. */
  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_1;
    return mixed ^ (mixed >>> 29);
  }
}
