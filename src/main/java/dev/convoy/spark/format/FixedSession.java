package dev.convoy.spark.format;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A session of Spark SQL whose settings are always the same: what a cluster, or the program around,
 * sets by default must not change which rows of a file there are, nor what is in them.
 */
public final class FixedSession {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // Damaged and missing files are errors, not less data.
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          // Names and types are those of the footers.
          Map.entry("spark.sql.caseSensitive", "true"),
          Map.entry("spark.sql.parquet.binaryAsString", "false"),
          Map.entry("spark.sql.parquet.int96AsTimestamp", "true"),
          Map.entry("spark.sql.parquet.mergeSchema", "false"),
          Map.entry("spark.sql.parquet.fieldId.read.enabled", "false"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.sources.partitionColumnTypeInference.enabled", "true"),
          Map.entry("spark.sql.ansi.enabled", "false"),
          // The other reader of Parquet knows no numbers of rows.
          Map.entry("spark.sql.sources.useV1SourceList", "parquet"),
          Map.entry("spark.sql.parquet.filterPushdown", "true"),
          Map.entry("spark.sql.parquet.enableVectorizedReader", "true"),
          Map.entry("spark.sql.parquet.enableNestedColumnVectorizedReader", "true"),
          // Rows that are decoded at a time: Spark's own 4,096 pictures could take gigabytes.
          Map.entry("spark.sql.parquet.columnarReaderBatchSize", "64"),
          // Tasks are cut alike.
          Map.entry("spark.sql.files.maxPartitionBytes", "134217728"),
          Map.entry("spark.sql.files.openCostInBytes", "4194304"));

  /** Settings that have no value by default. */
  private static final List<String> ABSENT =
      List.of("spark.sql.files.minPartitionNum", "spark.sql.files.maxPartitionNum");

  /** What is otherwise where a person writes SQL. */
  private static final Map<String, String> SQL =
      Map.of(
          "spark.sql.caseSensitive", "false",
          // Overflow and texts that are no numbers are errors, not nulls.
          "spark.sql.ansi.enabled", "true");

  private FixedSession() {}

  /** Opens one beside those that there are. */
  static SparkSession of(JavaSparkContext context) {
    SparkSession session = SQLContext.getOrCreate(context.sc()).sparkSession().newSession();
    RuntimeConfig settings = session.conf();
    SETTINGS.forEach(settings::set);
    ABSENT.forEach(settings::unset);
    return session;
  }

  /** Opens one that knows the catalogs of the session around, for tables and SQL. */
  public static SparkSession ofTables(JavaSparkContext context) {
    SparkSession around = SQLContext.getOrCreate(context.sc()).sparkSession();
    SparkSession session = around.newSession();
    RuntimeConfig settings = session.conf();
    CollectionConverters.asJava(around.conf().getAll())
        .forEach(
            (key, value) -> {
              if (settings.isModifiable(key)) {
                settings.set(key, value);
              }
            });
    SETTINGS.forEach(settings::set);
    ABSENT.forEach(settings::unset);
    SQL.forEach(settings::set);
    return session;
  }
}
