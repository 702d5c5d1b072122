package dev.convoy.kernel.lane;

import dev.convoy.tensor.Check;

/**
 * Brings values into the cache before they are needed, by reading one of each cache line in the
 * order of memory: which the processor foresees. A kernel that goes over several planes side by
 * side would wait for memory again and again, be it to read them or to write there.
 */
public final class Prefetch {
  /** Floats of a cache line of most processors. */
  private static final int LINE = 16;

  /** A value made of all that was read, without which the compiler would leave the reads out. */
  @SuppressWarnings("UnusedVariable")
  private float seen;

  /**
   * Brings a part of each of several planes.
   *
   * @param from where the first plane's part starts
   * @param count floats of a part
   * @param stride from one plane's part to the next plane's
   */
  public void planes(float[] values, int from, int count, int planes, int stride) {
    Check.range(from, planes == 0 ? 0 : (planes - 1L) * stride + count, values.length, "prefetch");
    float sum = 0;
    for (int plane = 0; plane < planes; plane++) {
      sum += read(values, from + plane * stride, count);
    }
    seen = sum;
  }

  /** Adds up in four sums, so that no read waits for the addition of another. */
  private static float read(float[] values, int from, int count) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int end = from + count;
    int i = from;
    for (; i < end - 3 * LINE; i += 4 * LINE) {
      first += values[i];
      second += values[i + LINE];
      third += values[i + 2 * LINE];
      fourth += values[i + 3 * LINE];
    }
    for (; i < end; i += LINE) {
      first += values[i];
    }
    return first + second + third + fourth;
  }
}
