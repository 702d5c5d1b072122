package dev.convoy.train.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankTest {
  static List<Golden> metrics() {
    return Golden.cases("metrics");
  }

  @ParameterizedTest
  @MethodSource
  void metrics(Golden golden) {
    Golden.Tensor scores = golden.tensor("/in/scores");
    int classes = scores.shape()[1];
    double[] labels = golden.numbers("/in/y_true");
    int amongThree = 0;
    for (int i = 0; i < labels.length; i++) {
      int rank = Rank.of((int) labels[i], scores.floats(), i * classes, 1, classes);
      amongThree += rank < 3 ? 1 : 0;
    }
    double expected = golden.at("/out/top3_accuracy").asDouble();
    assertEquals(expected, (double) amongThree / labels.length, 1e-12);
  }

  @Test
  void ofEqualOutputsTheFirstClassComesFirst() {
    float[] outputs = {9, 1, 9, 2, 9, 1, 9, 3};
    assertEquals(2, Rank.of(0, outputs, 1, 2, 4));
    assertEquals(1, Rank.of(1, outputs, 1, 2, 4));
    assertEquals(3, Rank.of(2, outputs, 1, 2, 4));
    assertEquals(0, Rank.of(3, outputs, 1, 2, 4));
  }
}
