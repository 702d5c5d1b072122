package dev.convoy.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the repetitions of a measurement found, in their order. */
record Samples(List<Double> values) {
  Samples {
    values = List.copyOf(values);
  }

  /** The middle one; the mean of the two in the middle, where there are two. */
  @JsonProperty
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int count = sorted.size();
    return (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
  }

  @JsonIgnore
  double least() {
    return Collections.min(values);
  }

  @JsonIgnore
  double greatest() {
    return Collections.max(values);
  }

  /** Each of them over the other's of the same repetition. */
  Samples over(Samples other) {
    return new Samples(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / other.values.get(i))
            .toList());
  }

  /** All of them times a factor. */
  Samples times(double factor) {
    return new Samples(values.stream().map(value -> value * factor).toList());
  }
}
