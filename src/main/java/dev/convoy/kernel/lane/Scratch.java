package dev.convoy.kernel.lane;

/**
 * Scratch memory in which vectors of sixteen floats, a cache line long, each lie in one line and
 * not across two, which costs a second access: where the JVM has arrays begin at cache lines, by
 * {@code -XX:ObjectAlignmentInBytes=64}. Elsewhere it is memory as any.
 */
public final class Scratch {
  /** The place of the first vector: a line's end behind the 16 bytes of an array's header. */
  public static final int START = 12;

  private Scratch() {}

  /** Returns an array with so many floats from {@link #START} on. */
  public static float[] of(int length) {
    return new float[Math.addExact(START, length)];
  }
}
