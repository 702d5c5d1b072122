package dev.convoy.spark.forecast;

import dev.convoy.tensor.Check;

/**
 * Machines that a training may get.
 *
 * @param executors at least 1
 * @param cores of each, at least 1
 * @param linkGbit gigabits a second that a machine sends and receives; above 0
 * @param processors that all executors share, being on one machine; 0 where each has its own
 */
public record Cluster(int executors, int cores, double linkGbit, int processors) {
  private static final double BYTES_OF_GIGABIT = 125e6;

  public Cluster {
    Check.positive(executors, "Cluster.executors");
    Check.positive(cores, "Cluster.cores");
    Check.positive(linkGbit, "Cluster.linkGbit");
    Check.atLeast(processors, 0, "Cluster.processors");
  }

  /** Returns the same with more or fewer executors. */
  public Cluster of(int count) {
    return new Cluster(count, cores, linkGbit, processors);
  }

  /** Workers that are at work at once. */
  public int slots() {
    return (int) Math.min(Integer.MAX_VALUE, (long) executors * cores);
  }

  /** Returns how many times as long a step takes where executors share processors. */
  double slowdown(int busy) {
    return processors == 0 ? 1 : Math.max(1, (double) busy / processors);
  }

  /** Seconds that so many bytes take on a machine's link; none within one machine. */
  double linkSeconds(double bytes) {
    return processors > 0 ? 0 : bytes / (linkGbit * BYTES_OF_GIGABIT);
  }
}
