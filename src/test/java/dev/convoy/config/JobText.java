package dev.convoy.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A job as a user writes it, for tests to change. */
public final class JobText {
  static final String FILE = "conf/x.yaml";

  /** Line numbers in the tests count the lines of this text. */
  public static final String LENET =
      """
      name: sample
      seed: 42
      data:
        train: {format: idx, images: train-images, labels: train-labels}
        test: {format: idx, images: test-images, labels: test-labels}
        classes: [a, b, c]
        normalize: {mean: [0.2860], std: [0.3530]}
        augment: []
      network:
        input: [1, 8, 8]
        layers:
          - conv2d: {name: conv1, filters: 6, kernel: 5, padding: same}
          - relu
          - maxPool2d: {kernel: 2, stride: 2}
          - flatten
          - dense:
              name: fc
              units: 3
      training:
        epochs: 5
        batchSize: 64
        loss: softmaxCrossEntropy
        optimizer: {sgd: {learningRate: 0.05, momentum: 0.9}}
        schedule: {constant: {}}
        shuffle: false
        initialWeights: null
      distribution:
        workers: 2
        averaging: parameters
      checkpoint: null
      output: out/sample
      """;

  private JobText() {}

  /** The job with these overrides. */
  public static Job read(String... overrides) {
    return readText(LENET, overrides);
  }

  /** The job in a text. */
  public static Job readText(String text, String... overrides) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return JobReader.read(new ByteArrayInputStream(bytes), FILE, List.of(overrides));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
