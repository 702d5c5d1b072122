package dev.convoy.spark.format.table;

import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import java.io.Serializable;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Makes class numbers of the labels of a table: a text, {@code true} or {@code false} is a class's
 * name, a number, which must be whole, a class's number.
 */
final class TableLabels implements Serializable {
  private static final long serialVersionUID = 1;

  private final ClassLabels classes;

  TableLabels(ClassLabels classes) {
    this.classes = classes;
  }

  /** Tells whether columns of this type hold labels. */
  static boolean fits(DataType type) {
    return isNames(type) || type instanceof NumericType;
  }

  /** Tells whether labels of this type are names of classes. */
  static boolean isNames(DataType type) {
    return type instanceof StringType || type instanceof BooleanType;
  }

  /**
   * The class of a label.
   *
   * @param who has it, for errors
   * @throws DataException if there is no such class
   */
  int number(@Nullable Object label, String who) {
    if (label == null) {
      throw new DataException(who + ": must have a label, but has none");
    } else if (label instanceof Number number) {
      double value = number.doubleValue();
      if (value != Math.rint(value) || Double.isInfinite(value)) {
        throw new DataException(
            who + ": labels must be whole numbers, as classes have, but this is " + number);
      }
      return classes.number(number.longValue(), who);
    }
    return classes.number(label.toString(), who);
  }
}
