package dev.convoy.cli.console;

import dev.convoy.report.ClassificationReport;
import dev.convoy.report.ClassificationReport.Confusion;
import dev.convoy.report.Numbers;
import dev.convoy.report.VectorReport;
import dev.convoy.run.EvaluationResult;
import dev.convoy.tensor.Check;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.ValueScores;
import java.io.PrintStream;
import java.util.List;

/** Prints how a model does on labelled images. */
public final class EvaluationReport {
  /** Pairs that a person takes in at a glance. */
  private static final int CONFUSIONS = 5;

  private EvaluationReport() {}

  /**
   * Prints the accuracy or errors, a line an output, and of classes the most confused.
   *
   * @param matrix whether the whole confusion matrix follows
   */
  public static void print(EvaluationResult result, boolean matrix, PrintStream out) {
    if (result.classes().isEmpty()) {
      print(result.scores(), result.names(), out);
      return;
    }
    ClassificationReport report = result.classes().get();
    print(report, result.scores(), out);
    if (matrix) {
      out.println();
      report.matrix().lines().forEach(out::println);
    }
  }

  private static void print(Evaluation evaluation, List<String> names, PrintStream out) {
    String loss = Numbers.share(evaluation.loss());
    String images = images(evaluation);
    if (evaluation.scores() instanceof ValueScores scores) {
      out.printf(
          "Test loss %s, mean absolute error %s, root mean squared error %s, on %s%n",
          loss,
          Numbers.share(scores.meanAbsoluteError()),
          Numbers.share(scores.rootMeanSquaredError()),
          images);
    } else {
      out.printf(
          "Test accuracy %s of the labels, loss %s, on %s%n",
          Numbers.share(evaluation.accuracy()), loss, images);
    }
    out.println();
    VectorReport.table(Check.present(evaluation.scores(), "Evaluation.scores"), names)
        .lines()
        .forEach(out::println);
  }

  private static String images(Evaluation evaluation) {
    String images = Numbers.count(evaluation.examples()) + " images";
    return evaluation.weights().length == 0
        ? images
        : images + ", which weigh " + Numbers.count(evaluation.counted());
  }

  private static void print(ClassificationReport report, Evaluation evaluation, PrintStream out) {
    out.printf(
        "Test accuracy %s, loss %s, on %s%n",
        Numbers.share(evaluation.accuracy()), Numbers.share(evaluation.loss()), images(evaluation));
    out.println();
    report.table().lines().forEach(out::println);
    out.println();
    out.printf(
        "Cohen's kappa %s, Matthews correlation %s%n",
        Numbers.share(report.kappa()), Numbers.share(report.matthews()));
    if (report.classNames().size() > Evaluation.FIRST) {
      double share = evaluation.amongFirst() / evaluation.counted();
      out.printf("Right class among the three most probable: %s%n", Numbers.share(share));
    }
    List<Confusion> confusions = report.mostConfused(CONFUSIONS);
    if (confusions.isEmpty()) {
      return;
    }
    out.println();
    out.println("Most confused:");
    for (Confusion confusion : confusions) {
      out.printf(
          "  %s taken for %s: %s%n",
          report.classNames().get(confusion.actual()),
          report.classNames().get(confusion.predicted()),
          Numbers.count(confusion.count()));
    }
  }
}
