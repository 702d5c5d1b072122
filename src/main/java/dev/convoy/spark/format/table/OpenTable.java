package dev.convoy.spark.format.table;

import dev.convoy.config.data.Table;
import dev.convoy.image.DataException;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FixedSession;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** The rows that a table source names, before any of them is read. */
final class OpenTable {
  private static final String VERSION = "versionAsOf";

  private final Table source;
  private final Dataset<Row> rows;

  private OpenTable(Table source, Dataset<Row> rows) {
    this.source = source;
    this.rows = rows;
  }

  /**
   * Finds a table.
   *
   * @throws DataException if Spark can't find it, or not understand what it is asked
   */
  static OpenTable of(DataAccess access, Table source) {
    Dataset<Row> given = source.table() == null ? null : access.tables().get(source.table());
    Dataset<Row> rows = given == null ? attempt(source, () -> open(access, source)) : given;
    if (given != null && (source.version() != null || !source.options().values().isEmpty())) {
      throw new DataException(
          source.shown() + ": must have no version and no options, as the program gives its rows");
    }
    String where = source.where();
    return new OpenTable(source, where == null ? rows : attempt(source, () -> rows.where(where)));
  }

  private static Dataset<Row> open(DataAccess access, Table source) {
    JavaSparkContext context = access.spark().get();
    SparkSession session = FixedSession.ofTables(context);
    if (source.query() != null) {
      return session.sql(source.query());
    }
    DataFrameReader reader = session.read().options(source.options().values());
    if (source.path() != null) {
      return (source.version() == null ? reader : reader.option(VERSION, source.version()))
          .format(source.source())
          .load(source.path().list().toArray(String[]::new));
    }
    Dataset<Row> newest = reader.table(source.table()); // refuses what is no name, too
    return source.version() == null ? newest : version(session, source);
  }

  /** Reads by SQL: the readers of Spark 3.5 pass over the version that a table is asked for. */
  private static Dataset<Row> version(SparkSession session, Table source) {
    if (!source.options().values().isEmpty()) {
      throw new DataException(
          source.shown()
              + ": must have no options beside version, but has "
              + source.options().values());
    }
    String version = String.valueOf(source.version()).replace("\\", "\\\\").replace("'", "\\'");
    return session.sql("SELECT * FROM " + source.table() + " VERSION AS OF '" + version + "'");
  }

  /** Returns the rows, with all their columns. */
  Dataset<Row> rows() {
    return rows;
  }

  /**
   * Returns the type of a column.
   *
   * @param what it is for, as in {@code image}
   * @throws DataException if there is no such column
   */
  DataType type(String what, String column) {
    try {
      return rows.select(functions.col(column)).schema().fields()[0].dataType();
    } catch (Exception e) { // Spark's AnalysisException, which it does not declare
      if (e instanceof RuntimeException unexpected && !isAnalysis(e)) {
        throw unexpected;
      }
      throw new DataException(
          source.shown()
              + ": must have the column "
              + column
              + ", which "
              + what
              + " names, but has "
              + String.join(", ", rows.columns()),
          e);
    }
  }

  /** Tells whether there is a column of this name. */
  boolean has(String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }

  private static <T> T attempt(Table source, Callable<T> action) {
    try {
      return action.call();
    } catch (DataException e) {
      throw e;
    } catch (Exception e) { // Scala need not declare what it throws
      throw new DataException(source.shown() + ": can't be read: " + SparkReason.of(e), e);
    }
  }

  private static boolean isAnalysis(Exception e) {
    return e instanceof org.apache.spark.sql.AnalysisException;
  }
}
