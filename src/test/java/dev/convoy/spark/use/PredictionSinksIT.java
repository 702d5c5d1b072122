package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.use.PredictionSink.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there while predictions are written, and when writing fails: the old, or the new. */
class PredictionSinksIT {
  private static final Note NOTE = new Note("out/model", List.of("a", "b"), 40, List.of());

  @TempDir private Path folder;
  private SparkSession session;
  private HadoopFiles files;

  @BeforeEach
  void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate();
    files = new HadoopFiles(session.sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void stop() {
    session.stop();
  }

  private Dataset<Row> rows(long from) {
    return session.range(from, from + 40, 1, 4).toDF("id").selectExpr("id", "array(1.5D) AS p");
  }

  /** Rows of which one can't be computed, after others are written. */
  private Dataset<Row> failing() {
    session
        .udf()
        .register(
            "fails",
            (Long id) -> {
              if (id == 35) {
                throw new IllegalStateException("no such row");
              }
              return id;
            },
            DataTypes.LongType);
    return rows(0).withColumn("id", functions.expr("fails(id)"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TABLE")
  void aFolderHoldsTheOldUntilTheNewIsWhole(PredictionFormat format) throws IOException {
    String path = folder.resolve("out").toString();
    String spark = format == PredictionFormat.JSONL ? "json" : format.name().toLowerCase();
    FolderSink sink = new FolderSink(files, path, format, true);
    sink.check(session);
    assertThrows(Exception.class, () -> sink.write(failing(), NOTE));
    assertEquals(List.of("warehouse"), List.copyOf(withWarehouse()));
    sink.write(rows(0), NOTE);
    assertThrows(Exception.class, () -> sink.write(failing(), NOTE));
    assertEquals(0, least(session.read().format(spark).option("header", true).load(path)));
    sink.check(session);
    sink.write(rows(100), NOTE);
    assertEquals(100, least(session.read().format(spark).option("header", true).load(path)));
    assertEquals(List.of("out", "warehouse"), List.copyOf(withWarehouse()));
    DataException e =
        assertThrows(
            DataException.class, () -> new FolderSink(files, path, format, false).check(session));
    assertEquals(
        path + ": the output must not be there yet, but is; --overwrite replaces it",
        e.getMessage());
  }

  /** The names in the folder, with that of a warehouse that may not be there yet. */
  private java.util.SortedSet<String> withWarehouse() throws IOException {
    java.util.SortedSet<String> names = new java.util.TreeSet<>(names());
    names.add("warehouse");
    return names;
  }

  private static long least(Dataset<Row> rows) {
    assertEquals(40, rows.count());
    return rows.selectExpr("min(cast(id AS bigint))").head().getLong(0);
  }

  private List<String> tables() {
    return session.sql("SHOW TABLES IN db").collectAsList().stream()
        .map(row -> row.getString(1))
        .toList();
  }

  @Test
  void aTableHoldsTheOldUntilTheNewIsWhole() throws IOException {
    session.sql("CREATE DATABASE db");
    CatalogSink sink = new CatalogSink(files, "db.predictions", null, true);
    sink.check(session);
    assertThrows(Exception.class, () -> sink.write(failing(), NOTE));
    assertEquals(List.of(), tables());
    sink.write(rows(0), NOTE);
    assertEquals(0, least(session.table("db.predictions")));
    assertThrows(Exception.class, () -> sink.write(failing(), NOTE));
    assertEquals(0, least(session.table("db.predictions")));
    sink.check(session);
    sink.write(rows(100), NOTE);
    assertEquals(100, least(session.table("db.predictions")));
    assertEquals(List.of("predictions"), tables());
    try (Stream<Path> left = Files.list(folder.resolve("warehouse/db.db"))) {
      assertEquals(
          List.of("predictions"), left.map(path -> path.getFileName().toString()).toList());
    }
    // What one session writes, others read.
    Path table = folder.resolve("warehouse/db.db/predictions");
    assertEquals(100, least(session.newSession().read().parquet(table.toString())));
    DataException e =
        assertThrows(
            DataException.class,
            () -> new CatalogSink(files, "db.predictions", null, false).check(session));
    assertEquals(
        "The table db.predictions must not be there yet, but is; --overwrite replaces it",
        e.getMessage());
  }

  @Test
  void aTableOfSomethingElseIsNeverReplaced() throws IOException {
    session.sql("CREATE DATABASE db");
    rows(0).write().saveAsTable("db.pictures");
    DataException e =
        assertThrows(
            DataException.class,
            () -> new CatalogSink(files, "db.pictures", null, true).check(session));
    assertEquals(
        "The table db.pictures must not be there yet, or hold predictions, but is another, without"
            + " the property convoy.predictions",
        e.getMessage());
    for (String name : List.of("", "db.", "a-b", "`x`", "db.predictions; DROP TABLE db.pictures")) {
      e = assertThrows(DataException.class, () -> new CatalogSink(files, name, null, true));
      assertTrue(e.getMessage().startsWith("The table must have a name of letters"));
    }
    assertFalse(session.catalog().tableExists("db.predictions"));
    CatalogSink plain = new CatalogSink(files, "predictions", null, false);
    plain.check(session);
    plain.write(rows(7), NOTE);
    assertEquals(7, least(session.table("spark_catalog.default.predictions")));
  }
}
