package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.report.ClassificationReport;
import dev.convoy.spark.SparkSettings;
import dev.convoy.testing.Golden;
import dev.convoy.train.score.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

  /** As MLlib's evaluator has them of a column of weights; the last class weighs nothing. */
  @Test
  void examplesCountByTheirWeights() {
    int[] labels = {0, 0, 1, 1, 1, 2, 0, 3};
    int[] predictions = {0, 1, 1, 1, 0, 2, 2, 3};
    float[] weights = {2, 0.5f, 1, 3, 0.25f, 4, 0, 0};
    double all = 0;
    double correct = 0;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all += weights[i];
      correct += labels[i] == predictions[i] ? weights[i] : 0;
      rows.add(RowFactory.create((double) labels[i], (double) predictions[i], (double) weights[i]));
    }
    ClassificationReport report =
        ClassMetrics.of(
            spark,
            new Evaluation(
                labels.length, 0, all, all, correct, 0, labels, predictions, weights, null),
            List.of("a", "b", "c", "d"));
    StructType columns =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("prediction", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    SparkSession session = SparkSession.builder().getOrCreate();
    Dataset<Row> table = session.createDataFrame(rows, columns);
    MulticlassClassificationEvaluator evaluator =
        new MulticlassClassificationEvaluator().setWeightCol("weight");
    assertEquals(evaluator.setMetricName("accuracy").evaluate(table), report.accuracy(), TOLERANCE);
    assertEquals(
        evaluator.setMetricName("f1").evaluate(table.filter("weight > 0")),
        report.weightedMean(report.f1()),
        TOLERANCE);
    assertArrayEquals(new double[] {2, 0.5, 0, 0}, report.confusion()[0]);
    assertArrayEquals(new double[] {2.5, 4.25, 4, 0}, report.support());
    assertEquals(2 / 2.25, report.precision()[0], TOLERANCE);
    assertEquals(2 / 2.5, report.recall()[0], TOLERANCE);
    assertEquals(0, report.recall()[3], "it weighs nothing");
    assertTrue(report.table().lines().get(1).endsWith("2.50"), report.table().lines().get(1));
    assertTrue(report.table().lines().get(3).endsWith(" 4"), report.table().lines().get(3));
  }

  private static double number(Golden golden, String name) {
    return golden.at("/out/" + name).asDouble(Double.NaN);
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
