package dev.convoy.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a list's columns as {@link ColumnTargets} takes them. */
final class ListValues {
  private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";

  private ListValues() {}

  /**
   * Returns what a row holds in some columns.
   *
   * @param json whether values have types of their own; else texts that look like numbers, {@code
   *     true} or {@code false} are these
   */
  static List<@Nullable Object> of(JsonNode row, List<String> columns, boolean json) {
    if (columns.isEmpty()) {
      return List.of();
    }
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (String column : columns) {
      JsonNode node = row.get(column);
      values.add(node == null || json ? value(node) : typed(node.asText()));
    }
    return Collections.unmodifiableList(values);
  }

  private static @Nullable Object value(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    } else if (node.isNumber()) {
      return node.doubleValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>(node.size());
      node.forEach(item -> items.add(value(item)));
      return Collections.unmodifiableList(items);
    }
    return node.isTextual() ? node.asText() : node.toString();
  }

  private static @Nullable Object typed(String text) {
    if (text.isEmpty()) {
      return null;
    } else if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches(NUMBER) ? (Object) Double.valueOf(text) : text;
  }
}
