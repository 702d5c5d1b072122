package dev.convoy.report;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tells how well each class was told from the others. Examples are counted by their weights, which
 * makes whole numbers where each weighs 1.
 *
 * @param classNames one a class
 * @param confusion counts: row the right class, column the predicted one
 * @param precision of each class: share of what was taken for it that was right; 0 if nothing was
 * @param recall of each class: share of it that was found; 0 if there was none
 * @param f1 of each class: harmonic mean of both; 0 if both are 0
 * @param accuracy share of all examples that got the right class
 */
@PublicApi
public record ClassificationReport(
    List<String> classNames,
    double[][] confusion,
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
  public record Confusion(int actual, int predicted, double count) {}

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
    confusions.sort(Comparator.comparingDouble(Confusion::count).reversed());
    return confusions.subList(0, Math.min(atMost, confusions.size()));
  }

  /** Returns how many examples each class has. */
  public double[] support() {
    return Arrays.stream(confusion).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
  }

  /** The mean of a figure by class, each class counting the same. */
  public static double macroMean(double[] byClass) {
    return Arrays.stream(byClass).sum() / byClass.length;
  }

  /** The mean of a figure by class, each class counting by its examples. */
  public double weightedMean(double[] byClass) {
    double[] support = support();
    double sum = 0;
    for (int c = 0; c < byClass.length; c++) {
      sum += support[c] * byClass[c];
    }
    return sum / Arrays.stream(support).sum();
  }

  /**
   * Cohen's kappa: what the accuracy is above that of chance, of what it could be above it; 0 for
   * chance, 1 for all right. Source: Cohen, Educational and Psychological Measurement 1960.
   */
  public double kappa() {
    Marginals marginals = new Marginals(confusion);
    double chance = marginals.products() / marginals.total() / marginals.total();
    return (accuracy - chance) / (1 - chance);
  }

  /**
   * Matthews' correlation of right and predicted classes; 0 for chance, 1 for all right, and 0
   * where all examples are, or are taken for, one class. Source: Gorodkin, Computational Biology
   * and Chemistry 2004.
   */
  public double matthews() {
    Marginals marginals = new Marginals(confusion);
    double total = marginals.total();
    double covariance = accuracy * total * total - marginals.products();
    double ofActual = total * total - Marginals.squares(marginals.actual());
    double ofPredicted = total * total - Marginals.squares(marginals.predicted());
    double scale = Math.sqrt(ofActual * ofPredicted);
    return scale == 0 ? 0 : covariance / scale;
  }

  /** Row and column sums of a confusion matrix. */
  private record Marginals(double[] actual, double[] predicted) {
    Marginals(double[][] confusion) {
      this(new double[confusion.length], new double[confusion.length]);
      for (int i = 0; i < confusion.length; i++) {
        for (int j = 0; j < confusion.length; j++) {
          actual[i] += confusion[i][j];
          predicted[j] += confusion[i][j];
        }
      }
    }

    double total() {
      return Arrays.stream(actual).sum();
    }

    double products() {
      double sum = 0;
      for (int c = 0; c < actual.length; c++) {
        sum += actual[c] * predicted[c];
      }
      return sum;
    }

    static double squares(double[] counts) {
      return Arrays.stream(counts).map(count -> count * count).sum();
    }
  }

  /** A line a class: precision, recall, F1, examples; below them their means. */
  @Internal
  public TextTable table() {
    TextTable table = new TextTable("<class", "precision", "recall", "F1", "examples");
    double[] support = support();
    for (int c = 0; c < classNames.size(); c++) {
      row(table, classNames.get(c), precision[c], recall[c], f1[c], support[c]);
    }
    double all = Arrays.stream(support).sum();
    row(table, "mean of classes", macroMean(precision), macroMean(recall), macroMean(f1), all);
    row(
        table,
        "mean by examples",
        weightedMean(precision),
        weightedMean(recall),
        weightedMean(f1),
        all);
    return table;
  }

  private static void row(
      TextTable table, String name, double precision, double recall, double f1, double examples) {
    table.row(
        name,
        Numbers.share(precision),
        Numbers.share(recall),
        Numbers.share(f1),
        Numbers.count(examples));
  }

  /** The confusion matrix: a line a right class, a column a predicted one. */
  @Internal
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
