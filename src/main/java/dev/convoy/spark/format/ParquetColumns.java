package dev.convoy.spark.format;

import dev.convoy.image.DataException;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.tensor.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that are wanted of Parquet files, with the types that the files' own footers give
 * them. Spark is asked for these alone: it would refuse a whole file for a column of a type that it
 * does not know, or for two names that differ by case, and would take the types from one file.
 */
final class ParquetColumns {
  /** Whether Spark's reader makes long numbers of short ones, as it does from 4.0 on. */
  private static final boolean WIDENS =
      !org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.");

  private final List<String> names;
  private final Map<String, List<String>> paths = new HashMap<>();
  private final Map<String, DataType> types = new HashMap<>();

  /** Columns of these names, of no file yet. */
  ParquetColumns(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Takes the columns of one more file, in which they are.
   *
   * @throws DataException if they suit neither Convoy nor the files before
   */
  void add(ParquetFooter footer) {
    for (String name : names) {
      List<String> path = footer.column(name);
      DataType type = ParquetType.of(footer.type(path), who(footer.path(), name));
      List<String> before = paths.putIfAbsent(name, path);
      DataType known = types.get(name);
      DataType all = known == null ? type : common(known, type);
      if (all == null || before != null && !before.equals(path)) {
        throw new DataException(
            who(footer.path(), name)
                + " must be of the same type in all files, but is "
                + type.catalogString()
                + " here, and "
                + Check.present(known, name).catalogString()
                + " in those before");
      }
      types.put(name, all);
    }
  }

  private static String who(String path, String name) {
    return path + ": column " + name;
  }

  /** Returns the type that holds what both hold; absent if none does. */
  private static @Nullable DataType common(DataType a, DataType b) {
    if (a instanceof ArrayType left && b instanceof ArrayType right) {
      DataType element = common(left.elementType(), right.elementType());
      boolean nulls = left.containsNull() || right.containsNull();
      return element == null ? null : new ArrayType(element, nulls);
    } else if (a instanceof IntegralType && b instanceof IntegralType) {
      return width(a) == width(b) || WIDENS ? (width(a) >= width(b) ? a : b) : null;
    }
    return a.equals(b) ? a : null;
  }

  private static int width(DataType integral) {
    if (integral instanceof ByteType) {
      return Byte.SIZE;
    } else if (integral instanceof ShortType) {
      return Short.SIZE;
    }
    return integral instanceof IntegerType ? Integer.SIZE : Long.SIZE;
  }

  /** Returns the names of the columns. */
  List<String> names() {
    return names;
  }

  /** The type of a column. */
  DataType type(String name) {
    return Check.present(types.get(name), name);
  }

  /** Returns the names that lead to a column: its own, or those of fields, from outside in. */
  List<String> path(String name) {
    return Check.present(paths.get(name), name);
  }

  /** Returns a column as Spark selects it. */
  Column column(String name) {
    return functions.col(
        Check.present(paths.get(name), name).stream()
            .map(field -> "`" + field.replace("`", "``") + "`")
            .collect(Collectors.joining(".")));
  }

  /** Returns a schema of the columns alone. */
  StructType schema() {
    Map<List<String>, DataType> leaves = new LinkedHashMap<>();
    names.forEach(name -> leaves.put(Check.present(paths.get(name), name), type(name)));
    return struct(leaves);
  }

  /** Puts columns in one structure that lie in one, however deep. */
  private static StructType struct(Map<List<String>, DataType> leaves) {
    Map<String, Map<List<String>, DataType>> byField = new LinkedHashMap<>();
    leaves.forEach(
        (path, type) ->
            byField
                .computeIfAbsent(path.get(0), field -> new LinkedHashMap<>())
                .put(path.subList(1, path.size()), type));
    List<StructField> fields = new ArrayList<>();
    byField.forEach(
        (field, below) -> {
          DataType type = below.get(List.<String>of());
          fields.add(
              new StructField(field, type == null ? struct(below) : type, true, Metadata.empty()));
        });
    return new StructType(fields.toArray(StructField[]::new));
  }
}
