package dev.convoy.config;

import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Check;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a job trains and tests on.
 *
 * @param train the examples to learn from
 * @param test the examples to evaluate after each epoch; {@code null} for none
 * @param classes the name of each class, in the order of their numbers; the numbers by default
 * @param normalize what makes floats of bytes; pixels in {@code [0, 1]} by default
 */
public record JobData(
    DataSource train, DataSource test, List<String> classes, Normalization normalize) {

  public JobData {
    Check.present(train, "JobData.train");
    if (classes != null) {
      classes = List.copyOf(classes);
      if (new HashSet<>(classes).size() < classes.size()) {
        throw new IllegalArgumentException("JobData.classes must differ, but were " + classes);
      }
    }
  }

  /** The same with every default, which depend on the network. */
  JobData completedFor(Network network) {
    int outputs = network.output().size();
    int channels = network.input().channels();
    List<String> names =
        classes == null ? IntStream.range(0, outputs).mapToObj(String::valueOf).toList() : classes;
    if (names.size() != outputs) {
      throw new IllegalArgumentException(
          "Job.data.classes must name as many classes as the network has outputs, "
              + outputs
              + ", but there are "
              + names.size());
    }
    Normalization scale = normalize == null ? Normalization.none(channels) : normalize;
    if (scale.mean().length != channels) {
      throw new IllegalArgumentException(
          "Job.data.normalize must have one value a channel of network.input, "
              + channels
              + ", but has "
              + scale.mean().length);
    }
    return new JobData(train, test, names, scale);
  }
}
