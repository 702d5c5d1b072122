package dev.convoy.spark.format;

import dev.convoy.spark.file.HadoopFiles;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What data sets are found and read through.
 *
 * @param files the file systems
 * @param spark asked for where Spark is needed
 * @param tables rows that a program has given a name, which go before the catalogs' tables
 */
public record DataAccess(
    HadoopFiles files, Supplier<JavaSparkContext> spark, Map<String, Dataset<Row>> tables) {
  public DataAccess {
    tables = Map.copyOf(tables);
  }

  /** Reaches files, and the tables of the catalogs. */
  public DataAccess(HadoopFiles files, Supplier<JavaSparkContext> spark) {
    this(files, spark, Map.of());
  }
}
