package dev.convoy.train.round;

import dev.convoy.nn.Network;
import dev.convoy.nn.RunningStatistics;
import java.util.List;

/**
 * Joins the running statistics of workers as means of x and x², weighted by examples and in worker
 * order: {@code mean = Σ s_k · mean_k}, {@code var = Σ s_k · (var_k + mean_k²) - mean²}, so that
 * they are those of all examples together, with what the workers' means differ by.
 *
 * <p>The variance is summed as {@code Σ s_k · (var_k + (mean_k - mean)²)}, which is the same and
 * loses no digits.
 */
final class StatisticsAveraging {
  private StatisticsAveraging() {}

  /**
   * Joins them.
   *
   * @param buffers of the network, written
   */
  static void apply(Network network, List<Contribution> contributions, float[] buffers) {
    for (RunningStatistics statistics : RunningStatistics.of(network)) {
      for (int c = 0; c < statistics.count(); c++) {
        join(contributions, statistics.mean() + c, statistics.variance() + c, buffers);
      }
    }
  }

  private static void join(
      List<Contribution> contributions, int mean, int variance, float[] buffers) {
    double examples = 0;
    double meanSum = 0;
    for (Contribution contribution : contributions) {
      if (contribution.examples() > 0) {
        examples += contribution.examples();
        meanSum += contribution.examples() * (double) contribution.buffers()[mean];
      }
    }
    double joined = meanSum / examples;
    double varianceSum = 0;
    for (Contribution contribution : contributions) {
      if (contribution.examples() > 0) {
        double distance = contribution.buffers()[mean] - joined;
        double own = contribution.buffers()[variance];
        varianceSum += contribution.examples() * (own + distance * distance);
      }
    }
    buffers[mean] = (float) joined;
    buffers[variance] = (float) (varianceSum / examples);
  }
}
