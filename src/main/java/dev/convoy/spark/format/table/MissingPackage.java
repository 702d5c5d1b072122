package dev.convoy.spark.format.table;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;

/** Names the package of what Spark could not find, for the kinds of tables that are common. */
final class MissingPackage {
  /** What Spark says of a source, and of a catalog's class, that it lacks. */
  private static final Pattern LACKING =
      Pattern.compile(
          "Failed to find (?:the )?data source: (?<source>delta|iceberg|avro)\\b"
              + "|catalog plugin class[^:]*: \\S*\\.(?<catalog>delta|iceberg)\\.",
          Pattern.CASE_INSENSITIVE);

  private MissingPackage() {}

  /** Returns what to add to a line about a problem: the cure, or nothing where there is none. */
  static String cure(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Matcher lacking = LACKING.matcher(String.valueOf(cause.getMessage()));
      if (lacking.find()) {
        String source = lacking.group("source");
        return "; --packages "
            + name(
                source == null ? lacking.group("catalog") : source,
                package$.MODULE$.SPARK_VERSION())
            + " brings it";
      }
    }
    return "";
  }

  /**
   * Returns a package's name.
   *
   * @param spark its version
   */
  static String name(String source, String spark) {
    String line = spark.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    return switch (source.toLowerCase(Locale.ROOT)) {
      // One for each line since Spark 4.1.
      case "delta" ->
          "io.delta:delta-spark_" + (line.startsWith("3.") ? "" : line + "_") + "2.13:VERSION";
      case "iceberg" -> "org.apache.iceberg:iceberg-spark-runtime-" + line + "_2.13:VERSION";
      default -> "org.apache.spark:spark-avro_2.13:" + spark;
    };
  }
}
