package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTargetsTest {
  private static final Loss SOFTMAX = new SoftmaxCrossEntropy();
  private static final Loss BINARY = new BinaryCrossEntropy();
  private static final Loss SQUARES = new MeanSquaredError();

  private static TargetColumns columns(
      String label, List<String> labels, List<String> target, String weight) {
    return TargetColumns.of("Parquet", label, labels, target, weight);
  }

  private static ColumnTargets targets(TargetColumns columns, int outputs, Loss loss) {
    return ColumnTargets.of("data", columns, ClassLabels.numbers(outputs), loss);
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(DataException.class, action::run).getMessage());
  }

  @Test
  void aLabelIsAClassAndAWeightCounts() {
    ColumnTargets plain = targets(columns("kind", null, null, null), 3, SOFTMAX);
    assertEquals(Target.ofClass(2), plain.target(2L, List.of(), "row 0"));
    assertEquals(Target.ofClass(1), plain.target("1", List.of(), "row 0"));
    assertEquals(Target.ofClass(1), plain.target(1.0, List.of(), "row 0"));
    ColumnTargets weighted = targets(columns("kind", null, null, "trust"), 3, SOFTMAX);
    assertEquals(
        Target.ofClass(2).weighing(0.5f),
        weighted.target((short) 2, List.of(new BigDecimal("0.5")), "row 0"));
    assertEquals(Target.ofClass(0).weighing(0), weighted.ofClass(0, List.of(0), "row 0"));
    assertRefused(
        "row 0: must have a label, but has none", () -> plain.target(null, List.of(), "row 0"));
    assertRefused(
        "row 0: labels must be texts or whole numbers, but this is 1.5",
        () -> plain.target(1.5, List.of(), "row 0"));
    assertRefused(
        "row 0: labels must be from 0 to 2, as there are classes, but this is 3",
        () -> plain.target(3, List.of(), "row 0"));
  }

  @Test
  void aNumberIsThatOfTheTablesOwnClasses() {
    ClassLabels wanted = new ClassLabels(List.of("a", "b"));
    ColumnTargets targets =
        ColumnTargets.of("data", columns("kind", null, null, null), wanted, SOFTMAX);
    assertEquals(
        1, targets.withNames(List.of("b", "a")).target(0, List.of(), "row 0").classNumber());
    assertEquals(
        0, targets.withNames(List.of("x", "y")).target(0, List.of(), "row 0").classNumber());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "1e39"})
  void weightsAreFiniteAndNotNegative(double weight) {
    ColumnTargets weighted = targets(columns("kind", null, null, "trust"), 3, SOFTMAX);
    assertRefused(
        "row 0: trust must be a finite number of at least 0, but is " + weight,
        () -> weighted.target(0, List.of(weight), "row 0"));
  }

  @Test
  void weightsThatAreAbsentOrNoNumbersAreRefused() {
    ColumnTargets weighted = targets(columns("kind", null, null, "trust"), 3, SOFTMAX);
    assertRefused(
        "row 0: must have a value of trust, but has none",
        () -> weighted.target(0, Collections.singletonList(null), "row 0"));
    assertRefused(
        "row 0: trust must be a finite number of at least 0, but is much",
        () -> weighted.target(0, List.of("much"), "row 0"));
  }

  @Test
  void labelsAreTrueFalseOrShares() {
    ColumnTargets targets =
        targets(columns(null, List.of("sunny", "people"), null, "trust"), 2, BINARY);
    assertEquals(
        Target.ofValues(1, 0.25f).weighing(3),
        targets.target(null, List.of(true, 0.25, 3), "row 0"));
    assertEquals(Target.ofValues(0, 1), targets.target(null, List.of(0, 1L, 1f), "row 0"));
    assertRefused(
        "row 0: people must be true, false, or a number from 0 to 1, but is 2",
        () -> targets.target(null, List.of(true, 2, 1), "row 0"));
    assertRefused(
        "row 0: sunny must be true, false, or a number from 0 to 1, but is yes",
        () -> targets.target(null, List.of("yes", 1, 1), "row 0"));
    assertRefused(
        "row 0: must have a value of people, but has none",
        () -> targets.target(null, Arrays.asList(true, null, 1), "row 0"));
  }

  @Test
  void aTargetIsNumbersOfColumnsOrOfAnArray() {
    ColumnTargets two = targets(columns(null, null, List.of("x", "y"), null), 2, SQUARES);
    assertEquals(Target.ofValues(-3, 0.5f), two.target(null, List.of(-3, 0.5), "row 0"));
    ColumnTargets array = targets(columns(null, null, List.of("vector"), "w"), 2, SQUARES);
    assertEquals(
        Target.ofValues(-3, 0.5f).weighing(2),
        array.target(null, List.of(List.of(-3L, 0.5f), 2), "row 0"));
    ColumnTargets one = targets(columns(null, null, List.of("age"), null), 1, SQUARES);
    assertEquals(Target.ofValues(41), one.target(null, List.of((byte) 41), "row 0"));
    assertRefused(
        "row 0: target vectors must have as many values as the network has outputs, 2, but column"
            + " vector has 3",
        () -> array.target(null, List.of(List.of(1, 2, 3), 1), "row 0"));
    assertRefused(
        "row 0: target vectors must have as many values as the network has outputs, 2, but column"
            + " vector has 1",
        () -> array.target(null, List.of(7, 1), "row 0"));
    assertRefused(
        "row 0: vector must be a finite number, but is NaN",
        () -> array.target(null, List.of(List.of(1, Float.NaN), 1), "row 0"));
    assertRefused(
        "row 0: x must be a finite number, but is true",
        () -> two.target(null, List.of(true, 1), "row 0"));
    assertRefused(
        "row 0: y must be a finite number, but is [1]",
        () -> two.target(null, List.of(1, List.of(1)), "row 0"));
    assertRefused(
        "row 0: target vectors must have as many values as the network has outputs, 2, but column"
            + " vector has 0",
        () -> array.target(null, List.of(List.of(), 1), "row 0"));
  }

  @Test
  void aTargetOfLabelsIsBetweenZeroAndOne() {
    ColumnTargets targets = targets(columns(null, null, List.of("vector"), null), 2, BINARY);
    assertEquals(Target.ofValues(0, 1), targets.target(null, List.of(List.of(0, 1)), "row 0"));
    assertRefused(
        "row 0: vector must be a number from 0 to 1 for binaryCrossEntropy, but is -1",
        () -> targets.target(null, List.of(List.of(0, -1)), "row 0"));
  }

  @Test
  void columnsSuitTheNetworkAndItsLoss() {
    assertRefused(
        "data: labels must name as many columns as the network has outputs, 3, but names 2",
        () -> targets(columns(null, List.of("a", "b"), null, null), 3, BINARY));
    assertRefused(
        "data: target must name as many columns as the network has outputs, 3, but names 2",
        () -> targets(columns(null, null, List.of("a", "b"), null), 3, SQUARES));
    assertRefused(
        "data: label must name a column of classes for softmaxCrossEntropy, but target names age;"
            + " binaryCrossEntropy takes several labels an image, meanSquaredError,"
            + " meanAbsoluteError and huber take numbers",
        () -> targets(columns(null, null, List.of("age"), null), 3, SOFTMAX));
  }

  /** As in IDX: losses of vectors take the one-hot vector of a class. */
  @Test
  void aLabelStaysAClassWhateverTheLoss() {
    ColumnTargets targets = targets(columns("kind", null, null, null), 3, SQUARES);
    assertEquals(Target.ofClass(2), targets.target(2, List.of(), "row 0"));
  }

  @Test
  void columnsNameOutputs() {
    assertEquals(List.of("a", "b"), columns(null, List.of("a", "b"), null, "w").outputNames(5));
    assertEquals(List.of("x", "y"), columns(null, null, List.of("x", "y"), null).outputNames(2));
    assertEquals(List.of("age"), columns(null, null, List.of("age"), null).outputNames(1));
    assertNull(columns(null, null, List.of("vector"), null).outputNames(7));
    assertNull(columns("kind", null, null, "w").outputNames(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k | a,b | | | Parquet.labels must be absent where label is given, as an image has a class, several labels or a target, but they are [a, b] and k",
        "k | | x | | Parquet.target must be absent where label is given, as an image has a class, several labels or a target, but they are [x] and k",
        " | a,b | x | | Parquet.target must be absent where labels is given, as an image has a class, several labels or a target, but they are [x] and [a, b]",
        " | a,a | | | Parquet.labels must name columns, each once, none of them blank, but was [a, a]",
        " | a,b | | b | Parquet.weight must be another column than those of the target, but is b",
        "k | | | k | Parquet.weight must be another column than those of the target, but is k"
      })
  void namesOfColumnsAreChecked(
      String label, String labels, String target, String weight, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> columns(label, split(labels), split(target), weight));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aListOfNoColumnsIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> columns(null, List.of(), null, null));
    assertEquals(
        "Parquet.labels must name columns, each once, none of them blank, but was []",
        e.getMessage());
  }

  private static List<String> split(String names) {
    return names == null ? null : List.of(names.split(","));
  }
}
