package dev.convoy.spark.format;

import dev.convoy.data.ColumnTargets;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Makes the targets of images of the columns of their rows, whatever the table. */
public final class RowTargets implements Serializable {
  private static final long serialVersionUID = 1;

  private final ColumnTargets targets;

  /** Place of the first column in a row; the others follow, as {@link TargetColumns#all} has it. */
  private final int first;

  /**
   * Targets of rows.
   *
   * @param targets makes them of values
   * @param first place of the first of the columns in a row: they follow one another in the order
   *     of {@link TargetColumns#all}
   */
  public RowTargets(ColumnTargets targets, int first) {
    this.targets = targets;
    this.first = first;
  }

  /**
   * The target of a row.
   *
   * @param who has it, for errors
   * @throws DataException if it has none, or not what it must be
   */
  public Target target(Row row, String who) {
    boolean labelled = targets.columns().label() != null;
    return targets.target(labelled ? row.get(first) : null, values(row, labelled ? 1 : 0), who);
  }

  /**
   * The target of a row whose label is told by another place than its columns.
   *
   * @param label absent where that place tells none
   */
  Target target(@Nullable String label, Row row, String who) {
    return targets.target(label, values(row, 0), who);
  }

  private List<@Nullable Object> values(Row row, int from) {
    int count = targets.columns().values().size();
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(plain(row.get(first + from + i)));
    }
    return values;
  }

  /** Values as they are, but arrays and MLlib's vectors as Java's lists. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Vector vector) {
      return Arrays.stream(vector.toArray()).boxed().toList();
    }
    return value instanceof scala.collection.Iterable<?> items
        ? Collections.unmodifiableList(
            new ArrayList<>(CollectionConverters.asJavaCollection(items)))
        : value;
  }

  /**
   * Refuses columns whose types can't be those of targets and weights.
   *
   * @param who has them, for errors
   * @param types of columns by their names
   */
  public static void checkTypes(
      String who, TargetColumns columns, Function<String, DataType> types) {
    String label = columns.label();
    if (label != null) {
      check(
          who,
          label,
          types.apply(label),
          type -> type instanceof NumericType || type instanceof StringType,
          "of whole numbers or texts");
    }
    for (String column : columns.labels()) {
      check(
          who,
          column,
          types.apply(column),
          type -> type instanceof NumericType || type instanceof BooleanType,
          "of booleans or numbers");
    }
    boolean alone = columns.target().size() == 1;
    for (String column : columns.target()) {
      check(
          who,
          column,
          types.apply(column),
          type -> type instanceof NumericType || alone && isArray(type),
          alone ? "of numbers or arrays of numbers" : "of numbers");
    }
    String weight = columns.weight();
    if (weight != null) {
      check(who, weight, types.apply(weight), NumericType.class::isInstance, "of numbers");
    }
  }

  private static boolean isArray(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType
        || type.equals(SQLDataTypes.VectorType());
  }

  private static void check(
      String who, String column, DataType type, Predicate<DataType> fits, String rule) {
    if (!fits.test(type)) {
      throw new DataException(
          String.format(
              "%s: column %s must be %s, but is %s", who, column, rule, type.catalogString()));
    }
  }
}
