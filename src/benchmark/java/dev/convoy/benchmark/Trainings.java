package dev.convoy.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What some trainings by one way of computing came to.
 *
 * @param accuracies on the test images, by seed
 */
record Trainings(List<Double> accuracies) {
  Trainings {
    accuracies = List.copyOf(accuracies);
  }

  @JsonProperty
  double mean() {
    return accuracies.stream().mapToDouble(a -> a).average().orElse(Double.NaN);
  }

  /** Of one training, as estimated from all; NaN of a single one. */
  @JsonProperty
  double standardDeviation() {
    double mean = mean();
    double squares = accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
    return accuracies.size() < 2 ? Double.NaN : Math.sqrt(squares / (accuracies.size() - 1));
  }

  /** Of the mean. */
  double standardError() {
    return standardDeviation() / Math.sqrt(accuracies.size());
  }
}
