package dev.convoy.cli;

import dev.convoy.report.ClassificationReport;
import dev.convoy.report.ClassificationReport.Confusion;
import dev.convoy.report.Numbers;
import dev.convoy.train.Evaluation;
import java.io.PrintStream;
import java.util.List;

/** Prints how a model does on labelled images. */
final class EvaluationReport {
  /** Pairs that a person takes in at a glance. */
  private static final int CONFUSIONS = 5;

  private EvaluationReport() {}

  /** The accuracy, a line a class, and the classes most confused. */
  static void print(ClassificationReport report, Evaluation evaluation, PrintStream out) {
    out.printf(
        "Test accuracy %s, loss %s, on %s images%n",
        Numbers.share(evaluation.accuracy()),
        Numbers.share(evaluation.loss()),
        Numbers.count(evaluation.examples()));
    out.println();
    report.table().lines().forEach(out::println);
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
