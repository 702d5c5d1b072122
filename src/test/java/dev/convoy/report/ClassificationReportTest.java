package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.report.ClassificationReport.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
  private static final ClassificationReport REPORT =
      new ClassificationReport(
          List.of("cat", "dog", "bird"),
          new double[][] {{5, 3, 0}, {1, 7, 0}, {3, 0, 1}},
          new double[] {5 / 9.0, 0.7, 1},
          new double[] {0.625, 0.875, 0.25},
          new double[] {10 / 17.0, 7 / 9.0, 0.4},
          0.65);

  @Test
  void theMostConfusedComeFirstAndEqualOnesByNumber() {
    assertEquals(
        List.of(new Confusion(0, 1, 3), new Confusion(2, 0, 3), new Confusion(1, 0, 1)),
        REPORT.mostConfused(5));
    assertEquals(List.of(new Confusion(0, 1, 3)), REPORT.mostConfused(1));
  }

  @Test
  void eachClassHasALine() {
    assertEquals(
        """
        class             precision  recall      F1  examples
        cat                  0.5556  0.6250  0.5882         8
        dog                  0.7000  0.8750  0.7778         8
        bird                 1.0000  0.2500  0.4000         4
        mean of classes      0.7519  0.5833  0.5887        20
        mean by examples     0.7022  0.6500  0.6264        20
        """,
        text(REPORT.table()));
  }

  @Test
  void theMatrixHasARowForEachRightClass() {
    assertEquals(
        """
        is \\ taken for  cat  dog  bird
        cat               5    3     0
        dog               1    7     0
        bird              3    0     1
        """,
        text(REPORT.matrix()));
  }

  /** 13 of 20 right; by chance (8·9 + 8·10 + 4·1) / 400 = 0.39. */
  @Test
  void kappaAndCorrelationAreAboveChance() {
    assertEquals((0.65 - 0.39) / (1 - 0.39), REPORT.kappa(), 1e-12);
    double covariance = 0.65 * 400 - 156;
    assertEquals(covariance / Math.sqrt((400.0 - 144) * (400 - 182)), REPORT.matthews(), 1e-12);
  }

  @Test
  void allOfOneClassCorrelatesWithNothing() {
    double[] one = {1, 0};
    ClassificationReport report =
        new ClassificationReport(
            List.of("a", "b"), new double[][] {{3, 0}, {0, 0}}, one, one, one, 1);
    assertEquals(0, report.matthews());
  }

  private static String text(TextTable table) {
    return String.join("\n", table.lines()) + "\n";
  }
}
