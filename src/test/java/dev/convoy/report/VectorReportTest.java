package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.score.LabelScores;
import dev.convoy.train.score.ValueScores;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorReportTest {
  @Test
  void eachLabelHasALine() {
    LabelScores scores =
        new LabelScores(new double[] {1500, 0}, new double[] {500, 0}, new double[] {0, 7});
    assertEquals(
        """
        label  precision  recall      F1  examples
        dog       0.7500  1.0000  0.8571     1,500
        cat       0.0000  0.0000  0.0000         7
        """,
        text(VectorReport.table(scores, List.of("dog", "cat"))));
  }

  @Test
  void eachValueHasALine() {
    ValueScores scores =
        new ValueScores(new double[] {4, 4}, new double[] {2, 6}, new double[] {1, 16});
    assertEquals(
        """
        value   mean abs. error  root mean sq. error
        width            0.5000               0.5000
        height           1.5000               2.0000
        """,
        text(VectorReport.table(scores, List.of("width", "height"))));
  }

  private static String text(TextTable table) {
    return String.join("\n", table.lines()) + "\n";
  }
}
