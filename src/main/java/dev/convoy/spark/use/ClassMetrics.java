package dev.convoy.spark.use;

import dev.convoy.report.ClassificationReport;
import dev.convoy.train.score.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.apache.spark.mllib.linalg.Matrix;
import scala.Tuple3;

/**
 * Confusion matrix, precision, recall and F1 of an evaluation, by MLlib's {@link
 * MulticlassMetrics}.
 */
public final class ClassMetrics {
  private ClassMetrics() {}

  /**
   * The report on these predictions, each counted by its weight. Classes that were neither there
   * nor predicted count 0.
   */
  public static ClassificationReport of(
      JavaSparkContext spark, Evaluation evaluation, List<String> classNames) {
    List<Tuple3<Object, Object, Object>> predictions = new ArrayList<>();
    for (int i = 0; i < evaluation.labels().length; i++) {
      double prediction = evaluation.predictions()[i];
      double label = evaluation.labels()[i];
      double weight = evaluation.weight(i);
      if (weight > 0) { // MLlib divides by what a class weighs
        predictions.add(new Tuple3<>(prediction, label, weight));
      }
    }
    spark.setJobDescription("metrics by class");
    try {
      MulticlassMetrics metrics = new MulticlassMetrics(spark.parallelize(predictions, 1).rdd());
      return report(metrics, classNames, evaluation);
    } finally {
      spark.setJobDescription(null);
    }
  }

  private static ClassificationReport report(
      MulticlassMetrics metrics, List<String> classNames, Evaluation evaluation) {
    int classes = classNames.size();
    double[][] confusion = new double[classes][classes];
    double[] precision = new double[classes];
    double[] recall = new double[classes];
    double[] f1 = new double[classes];
    // MLlib knows the classes alone that occur as a label.
    double[] labels = metrics.labels();
    Matrix matrix = metrics.confusionMatrix();
    for (int i = 0; i < labels.length; i++) {
      int c = (int) labels[i];
      precision[c] = metrics.precision(labels[i]);
      recall[c] = metrics.recall(labels[i]);
      f1[c] = metrics.fMeasure(labels[i]);
      for (int j = 0; j < labels.length; j++) {
        confusion[c][(int) labels[j]] = matrix.apply(i, j);
      }
    }
    for (int i = 0; i < evaluation.labels().length; i++) {
      double predicted = evaluation.predictions()[i];
      if (Arrays.binarySearch(labels, predicted) < 0) {
        confusion[evaluation.labels()[i]][(int) predicted] += evaluation.weight(i);
      }
    }
    return new ClassificationReport(
        classNames, confusion, precision, recall, f1, evaluation.accuracy());
  }
}
