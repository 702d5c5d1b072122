package dev.convoy.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well each class was told from the others.
 *
 * @param classNames one a class
 * @param confusion counts: row the right class, column the predicted one
 * @param precision of each class: share of what was taken for it that was right; 0 if nothing was
 * @param recall of each class: share of it that was found; 0 if there was none
 * @param f1 of each class: harmonic mean of both; 0 if both are 0
 * @param accuracy share of all examples that got the right class
 */
public record ClassificationReport(
    List<String> classNames,
    long[][] confusion,
    double[] precision,
    double[] recall,
    double[] f1,
    double accuracy) {

  /**
   * Two classes of which one is taken for the other.
   *
   * @param actual number of the right class
   * @param predicted number of the class that was predicted
   * @param count how often
   */
  public record Confusion(int actual, int predicted, long count) {}

  /**
   * The pairs that are confused most often, at most so many, the most frequent first; then by class
   * number.
   */
  public List<Confusion> mostConfused(int atMost) {
    List<Confusion> confusions = new ArrayList<>();
    for (int actual = 0; actual < confusion.length; actual++) {
      for (int predicted = 0; predicted < confusion.length; predicted++) {
        if (actual != predicted && confusion[actual][predicted] > 0) {
          confusions.add(new Confusion(actual, predicted, confusion[actual][predicted]));
        }
      }
    }
    confusions.sort(Comparator.comparingLong(Confusion::count).reversed());
    return confusions.subList(0, Math.min(atMost, confusions.size()));
  }

  /** A line a class: precision, recall, F1, examples. */
  public TextTable table() {
    TextTable table = new TextTable("<class", "precision", "recall", "F1", "examples");
    for (int c = 0; c < classNames.size(); c++) {
      long examples = 0;
      for (long count : confusion[c]) {
        examples += count;
      }
      table.row(
          classNames.get(c),
          Numbers.share(precision[c]),
          Numbers.share(recall[c]),
          Numbers.share(f1[c]),
          Numbers.count(examples));
    }
    return table;
  }

  /** The confusion matrix: a line a right class, a column a predicted one. */
  public TextTable matrix() {
    String[] headings = new String[classNames.size() + 1];
    headings[0] = "<is \\ taken for";
    for (int c = 0; c < classNames.size(); c++) {
      headings[c + 1] = classNames.get(c);
    }
    TextTable table = new TextTable(headings);
    for (int actual = 0; actual < classNames.size(); actual++) {
      String[] row = new String[headings.length];
      row[0] = classNames.get(actual);
      for (int predicted = 0; predicted < classNames.size(); predicted++) {
        row[predicted + 1] = Numbers.count(confusion[actual][predicted]);
      }
      table.row(row);
    }
    return table;
  }
}
