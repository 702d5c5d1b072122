package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.report.ClassificationReport;
import dev.convoy.spark.SparkSettings;
import dev.convoy.testing.Golden;
import dev.convoy.train.score.Evaluation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics by class against scikit-learn's. */
class ClassMetricsIT {
  private static final double TOLERANCE = 1e-12;

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            SparkSettings.apply(new SparkConf())
                .setMaster("local[2]")
                .setAppName("class metrics")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  static List<Golden> metrics() {
    return Golden.cases("metrics");
  }

  @ParameterizedTest
  @MethodSource
  void metrics(Golden golden) {
    int[] labels = ints(golden.at("/in/y_true"));
    int[] predictions = ints(golden.at("/in/y_pred"));
    int classes = golden.integer("/params/classes");
    long correct =
        IntStream.range(0, labels.length).filter(i -> labels[i] == predictions[i]).count();
    Evaluation evaluation =
        new Evaluation(
            labels.length,
            0,
            labels.length,
            labels.length,
            correct,
            0,
            labels,
            predictions,
            new float[0],
            null);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    ClassificationReport report = ClassMetrics.of(spark, evaluation, names);
    for (int c = 0; c < classes; c++) {
      int[] row = ints(golden.at("/out/confusion_rows_true/" + c));
      assertArrayEquals(IntStream.of(row).asDoubleStream().toArray(), report.confusion()[c]);
    }
    assertEquals(number(golden, "accuracy"), report.accuracy(), TOLERANCE);
    assertArrayEquals(golden.numbers("/out/precision"), report.precision(), TOLERANCE);
    assertArrayEquals(golden.numbers("/out/recall"), report.recall(), TOLERANCE);
    assertArrayEquals(golden.numbers("/out/f1"), report.f1(), TOLERANCE);
    assertArrayEquals(
        IntStream.of(ints(golden.at("/out/support"))).asDoubleStream().toArray(), report.support());
    double macro = ClassificationReport.macroMean(report.f1());
    assertEquals(number(golden, "macro_f1"), macro, TOLERANCE);
    assertEquals(number(golden, "weighted_f1"), report.weightedMean(report.f1()), TOLERANCE);
    assertEquals(number(golden, "cohen_kappa"), report.kappa(), TOLERANCE);
    assertEquals(number(golden, "matthews"), report.matthews(), TOLERANCE);
  }

  private static double number(Golden golden, String name) {
    return golden.at("/out/" + name).asDouble(Double.NaN);
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
