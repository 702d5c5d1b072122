package dev.convoy.spark.split;

import dev.convoy.data.DataFingerprint;
import dev.convoy.data.DataSummary;
import dev.convoy.data.LabelRuns;
import dev.convoy.image.PixelSums;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** Counts one side's examples, which come in the order of the data. */
final class SideCount {
  private final DataSummary whole;
  private final Shape shape;
  private final DataFingerprint fingerprint;
  private final LabelRuns runs = new LabelRuns();
  private final int[] perClass;
  private int count;
  private double weight;

  /**
   * Counts examples of a data set.
   *
   * @param whole of both sides
   * @param shape of this side's images
   */
  SideCount(DataSummary whole, Shape shape) {
    this.whole = whole;
    this.shape = shape;
    fingerprint = new DataFingerprint(shape);
    perClass = new int[whole.perClass().size()];
  }

  /** Adds the example that follows; its label counts where labels are class numbers. */
  void add(byte[] digest, int label, float exampleWeight) {
    weight += exampleWeight;
    fingerprint.add(digest);
    count++;
    if (whole.task() == Task.CLASSIFICATION) {
      runs.add(label);
      perClass[label]++;
    }
  }

  /** Returns what was counted, once. */
  DataSummary summary(PixelSums sums) {
    return new DataSummary(
        shape,
        count,
        Arrays.stream(perClass).boxed().toList(),
        runs.count(),
        weight,
        whole.task(),
        whole.exampleBytes() - whole.shape().size() + shape.size(),
        fingerprint.value(),
        sums);
  }
}
