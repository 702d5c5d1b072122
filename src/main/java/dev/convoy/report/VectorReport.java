package dev.convoy.report;

import dev.convoy.train.score.LabelScores;
import dev.convoy.train.score.ValueScores;
import dev.convoy.train.score.VectorScores;
import java.util.List;

/** Tells how a network does on each of its outputs, where targets are vectors, as a table. */
public final class VectorReport {
  private VectorReport() {}

  /** A line an output. */
  public static TextTable table(VectorScores scores, List<String> names) {
    return scores instanceof LabelScores labels
        ? labels(labels, names)
        : values((ValueScores) scores, names);
  }

  private static TextTable labels(LabelScores scores, List<String> names) {
    TextTable table = new TextTable("<label", "precision", "recall", "F1", "examples");
    for (int c = 0; c < names.size(); c++) {
      table.row(
          names.get(c),
          Numbers.share(scores.precision(c)),
          Numbers.share(scores.recall(c)),
          Numbers.share(scores.f1(c)),
          Numbers.count(scores.examples(c)));
    }
    return table;
  }

  private static TextTable values(ValueScores scores, List<String> names) {
    TextTable table = new TextTable("<value", "mean abs. error", "root mean sq. error");
    for (int c = 0; c < names.size(); c++) {
      table.row(
          names.get(c),
          Numbers.share(scores.meanAbsoluteError(c)),
          Numbers.share(scores.rootMeanSquaredError(c)));
    }
    return table;
  }
}
