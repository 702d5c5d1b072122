package dev.convoy.random;

/**
 * Random numbers that are a function of a key alone: the same key gives the same numbers on every
 * machine, in every thread and in every order of asking. Source: SplitMix64 (Steele, Lea, Flood,
 * OOPSLA 2014).
 */
public final class SeededRandom {
  /** 2^64 divided by the golden ratio, made odd: SplitMix64's increment. */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  /**
   * A stream for this purpose under this seed; {@code key} tells streams of one purpose apart
   * (epoch, worker, step, ...).
   */
  public static SeededRandom of(long seed, Purpose purpose, long... key) {
    return new SeededRandom(key(seed, purpose, key));
  }

  /** The 64-bit key from which {@link #at} draws. */
  public static long key(long seed, Purpose purpose, long... key) {
    long mixed = mix(seed + GAMMA * (purpose.code() + 1L));
    for (long part : key) {
      mixed = mix(mixed + GAMMA * (part + 1));
    }
    return mixed;
  }

  /** The {@code index}-th number under {@code key}: 64 uniform bits. */
  public static long at(long key, long index) {
    return mix(key + GAMMA * (index + 1));
  }

  /** The stream under this key, as {@link #key} or {@link #at} gives it. */
  public static SeededRandom at(long key) {
    return new SeededRandom(key);
  }

  /** Becomes the stream under this key. */
  public void restart(long key) {
    state = key;
  }

  /** The next 64 uniform bits. */
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in {@code [0, bound)}, without bias. */
  public int nextInt(int bound) {
    // Lemire's multiply-and-reject on 32 bits ("Fast Random Integer Generation in an Interval",
    // 2019).
    long product = (nextLong() >>> 32) * bound;
    if ((int) product + Integer.MIN_VALUE < bound + Integer.MIN_VALUE) {
      int least = Integer.remainderUnsigned(-bound, bound);
      while ((int) product + Integer.MIN_VALUE < least + Integer.MIN_VALUE) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform in {@code [0, 1)}, of 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Normal, of mean 0 and deviation 1. Source: Box and Muller, 1958; by {@link StrictMath}, the
   * same on every machine.
   */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /**
   * Puts {@code values} in a random order. Source: Fisher and Yates, in Durstenfeld's form, 1964.
   */
  public void shuffle(int[] values) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = nextInt(last + 1);
      int value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
  }

  /** SplitMix64's finalizer, David Stafford's variant 13. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
