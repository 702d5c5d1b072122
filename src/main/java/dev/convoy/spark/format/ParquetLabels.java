package dev.convoy.spark.format;

import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes class numbers of the labels of rows. A text is a class's name; a whole number is a class's
 * number: where the files name classes, one of theirs, which may have another number among those
 * that are wanted.
 */
final class ParquetLabels implements Serializable {
  private static final long serialVersionUID = 1;

  /** The place of the label in a row. */
  private static final int LABEL = 3;

  private final ClassLabels classes;

  /** Absent where numbers are those of the wanted classes. */
  private final @Nullable ClassLabels own;

  /** One a file; absent where a column has labels. */
  private final @Nullable String @Nullable [] folderLabels;

  private ParquetLabels(
      ClassLabels classes, @Nullable ClassLabels own, @Nullable String @Nullable [] folderLabels) {
    this.classes = classes;
    this.own = own;
    this.folderLabels = folderLabels;
  }

  /**
   * Returns what makes numbers of labels.
   *
   * @param names that the files give their classes; absent if they give none. Where not one of them
   *     is that of a class, the classes have new names, in the order of the files' own.
   * @param folderLabels the label of each file's folder; absent where a column has labels
   */
  static ParquetLabels of(
      ClassLabels classes,
      @Nullable List<String> names,
      @Nullable String @Nullable [] folderLabels) {
    ClassLabels own = names == null ? null : new ClassLabels(names);
    boolean renamed = names != null && names.stream().noneMatch(classes::has);
    return new ParquetLabels(classes, renamed ? null : own, folderLabels);
  }

  /**
   * The class of a row.
   *
   * @param row whose fourth column is its label, unless a folder has it
   * @param part the row's file
   * @param who has it, for errors
   * @throws DataException if there is no such class
   */
  int number(Row row, int part, String who) {
    Object label = folderLabels == null ? row.get(LABEL) : folderLabels[part];
    if (label == null) {
      throw new DataException(who + ": must have a label, but has none");
    } else if (label instanceof Number number) {
      return own == null
          ? classes.number(number.longValue(), who)
          : classes.number(own.names().get(own.number(number.longValue(), who)), who);
    }
    return classes.number(label.toString(), who);
  }
}
