package dev.convoy.kernel.elementwise;

/**
 * The random number of each value in a dropout: a function of key and place, of few operations on
 * 32 bits, which vectors have. Source: C. Wellons, Prospecting for Hash Functions, 2018
 * (lowbias32). The key's lower half is added before its two rounds, its upper half between them:
 * keys that differ in it never share a run of numbers.
 */
public final class DropoutDraw {
  /** 2^32 divided by the golden ratio, made odd: from one place to the next. */
  public static final int GAMMA = 0x9E3779B9;

  /** The first round's factor. */
  public static final int FIRST = 0x7FEB352D;

  /** The second round's factor. */
  public static final int SECOND = 0x846CA68B;

  /** Bits of a number. */
  public static final int BITS = 24;

  private DropoutDraw() {}

  /** Returns a draw, uniform in {@code [0, 2^24)}. */
  public static int at(long key, int index) {
    int z = (int) key + GAMMA * index;
    z = (z ^ z >>> 16) * FIRST + (int) (key >>> 32);
    z = (z ^ z >>> 15) * SECOND;
    return (z ^ z >>> 16) >>> Integer.SIZE - BITS;
  }
}
