package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Delta Lake, as data and as what predictions are written to. */
class DeltaTableIT {
  @TempDir private Path folder;
  private PictureTable table;
  private String path;

  /** Writes a version of 24 pictures, one of these and 24 more, and one of 12 others. */
  @BeforeEach
  void writeVersions() throws IOException {
    table =
        new PictureTable(
            folder,
            Map.of(
                "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
                "spark.sql.catalog.spark_catalog",
                    "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.sql.warehouse.dir", folder.resolve("warehouse").toString()));
    path = table.path("pictures");
    table.withSpark(
        session -> {
          table.rows(session, 0, 24).write().format("delta").save(path);
          table.rows(session, 24, 48).write().format("delta").mode(SaveMode.Append).save(path);
          table.rows(session, 48, 60).write().format("delta").mode(SaveMode.Overwrite).save(path);
          return path;
        });
  }

  @AfterEach
  void clearSettings() {
    table.close();
  }

  private String source(String more) {
    return PictureTable.source("path: " + path + ", source: delta" + more);
  }

  @Test
  void aVersionTrainsToTheWeightsOfItsRowsAndPredictionsJoin() throws IOException {
    String expected = table.trained(table.parquet(0, 48));
    assertNotEquals(expected, table.trained(source("")));
    assertEquals(expected, table.trained(source(", version: 1")));

    CommandRun run = table.predict(source(", version: 1"), "predictions", "--keep", "id");
    assertEquals(0, run.status(), run::toString);
    String byPath = "delta.`" + table.path("predictions") + "`";
    for (int i = 0; i < 2; i++) {
      run = table.predict(source(", version: 0"), byPath, "--keep", "id", "--overwrite");
      assertEquals(0, run.status(), run::toString);
    }
    table.withSpark(
        session -> {
          String written = folder.resolve("warehouse/predictions").toString();
          table.assertJoins(session, session.read().format("delta").load(written), 0, 48);
          table.assertJoins(session, session.sql("SELECT * FROM " + byPath), 0, 24);
          return 0;
        });
    assertNothingElseIsReplaced();
  }

  private void assertNothingElseIsReplaced() throws IOException {
    String other = "delta.`" + path + "`";
    CommandRun run = table.predict(source(""), other, "--overwrite");
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of(
            "convoy: The table "
                + other
                + " must not be there yet, or hold predictions, but is another, without the"
                + " property convoy.predictions"),
        run.err());
    String files = "delta.`" + Files.createDirectories(folder.resolve("files")) + "`";
    Files.writeString(folder.resolve("files/text"), "kept");
    run = table.predict(source(""), files, "--overwrite");
    assertEquals(2, run.status(), run::toString);
    assertEquals(1, run.err().size(), run::toString);
    assertEquals("kept", Files.readString(folder.resolve("files/text")));
  }

  @Test
  void aVersionThatIsNotThereIsToldInALine() {
    CommandRun run = table.train(source(", version: 7"));
    assertEquals(2, run.status(), run::toString);
    // Older lines of Delta do not name the kind of error.
    assertEquals(
        List.of(
            "convoy: "
                + path
                + ": can't be read: Cannot time travel Delta table to version 7. Available versions:"
                + " [0, 2]."),
        run.err().stream().map(line -> line.replace("[DELTA_VERSION_NOT_FOUND] ", "")).toList());
  }
}
