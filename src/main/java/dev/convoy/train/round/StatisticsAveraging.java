package dev.convoy.train.round;

import dev.convoy.nn.Network;
import dev.convoy.nn.RunningStatistics;
import dev.convoy.nn.Slices;
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
   * @param moving those of the network that are trained, of which alone the workers tell
   * @param buffers of the network, written where they move
   */
  static void apply(
      Network network, Slices moving, List<Contribution> contributions, float[] buffers) {
    for (RunningStatistics statistics : RunningStatistics.of(network)) {
      if (moving.contains(statistics.mean())) {
        int mean = moving.position(statistics.mean());
        int variance = moving.position(statistics.variance());
        for (int c = 0; c < statistics.count(); c++) {
          buffers[statistics.mean() + c] = mean(contributions, mean + c);
          buffers[statistics.variance() + c] = variance(contributions, mean + c, variance + c);
        }
      }
    }
  }

  private static float mean(List<Contribution> contributions, int mean) {
    return (float) exactMean(contributions, mean);
  }

  private static double exactMean(List<Contribution> contributions, int mean) {
    double examples = 0;
    double meanSum = 0;
    for (Contribution contribution : contributions) {
      if (contribution.examples() > 0) {
        examples += contribution.examples();
        meanSum += contribution.examples() * (double) contribution.buffers()[mean];
      }
    }
    return meanSum / examples;
  }

  private static float variance(List<Contribution> contributions, int mean, int variance) {
    double joined = exactMean(contributions, mean);
    double examples = 0;
    double varianceSum = 0;
    for (Contribution contribution : contributions) {
      if (contribution.examples() > 0) {
        double distance = contribution.buffers()[mean] - joined;
        double own = contribution.buffers()[variance];
        examples += contribution.examples();
        varianceSum += contribution.examples() * (own + distance * distance);
      }
    }
    return (float) (varianceSum / examples);
  }
}
