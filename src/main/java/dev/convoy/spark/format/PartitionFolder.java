package dev.convoy.spark.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that tells the value of a column for all files below it by its name, {@code label=cat},
 * as Hive and Spark write tables in parts.
 */
final class PartitionFolder {
  /** Stands for the value of rows that have none. */
  static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  /** Characters that names of files can't have are written by their two hexadecimal digits. */
  private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

  private PartitionFolder() {}

  /** The value of a column that the folder nearest to a file tells; absent if none does. */
  static @Nullable String value(String path, String column) {
    String[] names = path.split("/");
    for (int i = names.length - 2; i >= 0; i--) {
      int equals = names[i].indexOf('=');
      if (equals > 0 && unescape(names[i].substring(0, equals)).equals(column)) {
        return unescape(names[i].substring(equals + 1));
      }
    }
    return null;
  }

  private static String unescape(String name) {
    Matcher matcher = ESCAPED.matcher(name);
    StringBuilder plain = new StringBuilder();
    while (matcher.find()) {
      char character = (char) Integer.parseInt(matcher.group(1), 16);
      matcher.appendReplacement(plain, Matcher.quoteReplacement(String.valueOf(character)));
    }
    return matcher.appendTail(plain).toString();
  }
}
