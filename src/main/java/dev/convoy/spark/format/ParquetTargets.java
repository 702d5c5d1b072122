package dev.convoy.spark.format;

import dev.convoy.image.Target;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Makes the targets of rows of files, whose folders may tell the label. */
final class ParquetTargets implements Serializable {
  private static final long serialVersionUID = 1;

  private final RowTargets rows;

  /** One a file; absent where a column has labels. */
  private final @Nullable String @Nullable [] folderLabels;

  /**
   * Targets of rows.
   *
   * @param rows makes them of columns
   * @param folderLabels the label of each file's folder; absent where a column does
   */
  ParquetTargets(RowTargets rows, @Nullable String @Nullable [] folderLabels) {
    this.rows = rows;
    this.folderLabels = folderLabels;
  }

  /**
   * The target of a row.
   *
   * @param part the row's file
   * @param who has it, for errors
   * @throws dev.convoy.image.DataException if it has none, or not what it must be
   */
  Target target(Row row, int part, String who) {
    return folderLabels == null ? rows.target(row, who) : rows.target(folderLabels[part], row, who);
  }
}
