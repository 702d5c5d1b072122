package dev.convoy.spark.format;

import dev.convoy.config.tree.Suggestion;
import dev.convoy.image.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The columns of a table that go along with its pictures. */
public final class KeptColumns {
  private KeptColumns() {}

  /**
   * Returns the columns as Spark selects them.
   *
   * @param table columns of it
   * @param picture the column of pictures, and the fields in it that lead to them
   * @param keep names of columns; absent for all, less the picture itself
   * @param who has the columns, for errors
   * @throws DataException if there is none of a name
   */
  public static List<Column> of(
      StructType table, List<String> picture, @Nullable List<String> keep, String who) {
    Map<String, Column> all = new LinkedHashMap<>();
    for (StructField field : table.fields()) {
      all.put(field.name(), functions.col(quoted(field.name())));
    }
    if (keep != null) {
      return List.copyOf(chosen(all, keep, who).values());
    }
    String top = picture.get(0);
    Column beside = beside(table, picture);
    if (beside == null) {
      all.remove(top);
    } else {
      all.put(top, beside);
    }
    return List.copyOf(all.values());
  }

  /** Returns the entries of these names, in the order of the names. */
  static <T> Map<String, T> chosen(Map<String, T> all, List<String> keep, String who) {
    Map<String, T> chosen = new LinkedHashMap<>();
    for (String name : new LinkedHashSet<>(keep)) {
      T column = all.get(name);
      if (column == null) {
        throw new DataException(
            who
                + ": has no column "
                + name
                + " to keep"
                + Suggestion.of(name, all.keySet())
                + "; it has "
                + String.join(", ", all.keySet()));
      }
      chosen.put(name, column);
    }
    return chosen;
  }

  /** Returns what lies in the picture's column beside it; absent if nothing does. */
  private static @Nullable Column beside(StructType table, List<String> picture) {
    String top = picture.get(0);
    List<String> rest = new ArrayList<>(picture.subList(1, picture.size()));
    StructType around = within(table, picture, rest.size());
    // A structure that holds the picture alone goes with it.
    while (!rest.isEmpty() && around.size() <= 1) {
      rest.remove(rest.size() - 1);
      around = rest.isEmpty() ? new StructType() : within(table, picture, rest.size());
    }
    return rest.isEmpty()
        ? null
        : functions
            .col(quoted(top))
            .dropFields(CollectionConverters.asScala(List.of(path(rest))).toSeq())
            .as(top);
  }

  private static String path(List<String> names) {
    return names.stream().map(KeptColumns::quoted).collect(Collectors.joining("."));
  }

  /** Returns the structure that so many names of a path lead into. */
  private static StructType within(StructType table, List<String> path, int names) {
    StructType found = table;
    for (String name : path.subList(0, names)) {
      found = (StructType) found.apply(name).dataType();
    }
    return found;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
