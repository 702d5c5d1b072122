package dev.convoy.train.round;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What rounds took, by wall clock; no result depends on it.
 *
 * @param computeSeconds that the busiest core computed, as its workers measured it: from taking the
 *     state to copying the result. With a core for each worker it is the slowest worker's time;
 *     workers that took turns on a core are added up
 * @param waitSeconds from the start of a round to the last contribution's arrival, without {@code
 *     computeSeconds}: starting the job, sending the state, fetching contributions
 * @param averageSeconds from there to the next state, with the optimizer's step where the driver
 *     makes it, the search for values that are not finite, and the fingerprint
 */
@PublicApi
public record RoundTime(double computeSeconds, double waitSeconds, double averageSeconds) {
  /** No time at all. */
  public static final RoundTime NONE = new RoundTime(0, 0, 0);

  /**
   * A round.
   *
   * @param arrivalSeconds from its start to the arrival of the last contribution
   */
  @Internal
  public static RoundTime of(
      List<Contribution> contributions, double arrivalSeconds, double averageSeconds) {
    Map<String, Double> bySeat = new HashMap<>();
    for (Contribution contribution : contributions) {
      bySeat.merge(contribution.seat(), contribution.computeSeconds(), Double::sum);
    }
    double busiest = bySeat.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    // Another machine's clock may run a little faster.
    double compute = Math.min(busiest, arrivalSeconds);
    return new RoundTime(compute, arrivalSeconds - compute, averageSeconds);
  }

  /** Returns the seconds of all three together. */
  public double seconds() {
    return computeSeconds + waitSeconds + averageSeconds;
  }

  /** The share of it, in {@code [0, 1]}, that was not computing; 0 of no time. */
  public double overhead() {
    double seconds = seconds();
    return seconds == 0 ? 0 : (waitSeconds + averageSeconds) / seconds;
  }

  /** This and another's. */
  public RoundTime plus(RoundTime other) {
    return new RoundTime(
        computeSeconds + other.computeSeconds,
        waitSeconds + other.waitSeconds,
        averageSeconds + other.averageSeconds);
  }
}
