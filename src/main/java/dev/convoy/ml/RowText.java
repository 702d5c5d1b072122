package dev.convoy.ml;

import dev.convoy.tensor.Visible;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/** Tells people which row of a table is meant, by its short cells. */
final class RowText {
  private static final int MOST_CELLS = 4;
  private static final int MOST_CHARACTERS = 60;

  private RowText() {}

  /**
   * Returns the first cells that are numbers, texts, dates or truth values, such as {@code id=4,
   * path=a.png}; empty if there are none.
   */
  static String of(Row row) {
    List<String> cells = new ArrayList<>();
    StructField[] fields = row.schema().fields();
    for (int i = 0; i < fields.length && cells.size() < MOST_CELLS; i++) {
      if (isShort(fields[i])) {
        cells.add(Visible.line(fields[i].name() + "=" + cut(String.valueOf(row.get(i)))));
      }
    }
    return String.join(", ", cells);
  }

  private static boolean isShort(StructField field) {
    return field.dataType() instanceof AtomicType && !(field.dataType() instanceof BinaryType);
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
