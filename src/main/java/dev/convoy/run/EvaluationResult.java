package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.report.ClassificationReport;
import dev.convoy.spark.use.ClassMetrics;
import dev.convoy.train.score.Evaluation;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How a model does on labelled images.
 *
 * @param scores losses, accuracies and errors over all of them
 * @param classes confusion matrix, precision and recall by class; empty where labels are vectors
 * @param names one an output
 */
@PublicApi
public record EvaluationResult(
    Evaluation scores, Optional<ClassificationReport> classes, List<String> names) {
  /** Copies the list. */
  public EvaluationResult {
    names = List.copyOf(names);
  }

  /** Computes what classes need, by MLlib. */
  static EvaluationResult of(JavaSparkContext spark, Evaluation scores, List<String> names) {
    boolean vectors = scores.scores() != null;
    return new EvaluationResult(
        scores,
        vectors ? Optional.empty() : Optional.of(ClassMetrics.of(spark, scores, names)),
        names);
  }

  /** Returns what the accuracy hides, in sentences: classes that no image is taken for. */
  public List<String> notes() {
    return EvaluationNotes.of(scores, names);
  }

  /** Returns the mean loss. */
  public double loss() {
    return scores.loss();
  }

  /** Returns the share, in {@code [0, 1]}, that was predicted right; NaN for regression. */
  public double accuracy() {
    return scores.accuracy();
  }
}
