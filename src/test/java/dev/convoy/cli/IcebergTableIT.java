package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.run.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Iceberg in a catalog of their own, as data and as what predictions are written to. */
class IcebergTableIT {
  private static final String CATALOG = "org.apache.iceberg.spark.SparkCatalog";
  private static final String LOCAL = "spark.sql.catalog.local";

  /** The catalog by which Iceberg reads paths; without it, one of Hive's. */
  private static final String BY_PATH = "spark.sql.catalog.default_iceberg";

  @TempDir private Path folder;
  private @Nullable PictureTable table;
  private List<Row> snapshots;

  /** Writes a version of 24 pictures, one of these and 24 more, and one of 12 others. */
  @BeforeEach
  void writeVersions() throws IOException {
    assumeTrue(
        !Version.spark().startsWith("4.2"), "Iceberg's classes for Spark 4.1 do not fit 4.2");
    String warehouse = folder.resolve("warehouse").toString();
    table =
        new PictureTable(
            folder,
            Map.of(
                LOCAL,
                CATALOG,
                LOCAL + ".type",
                "hadoop",
                LOCAL + ".warehouse",
                warehouse,
                BY_PATH,
                CATALOG,
                BY_PATH + ".type",
                "hadoop",
                BY_PATH + ".warehouse",
                warehouse));
    snapshots =
        table.withSpark(
            session -> {
              try {
                session.sql("CREATE NAMESPACE local.db");
                table.rows(session, 0, 24).writeTo("local.db.pictures").create();
                table.rows(session, 24, 48).writeTo("local.db.pictures").append();
                table
                    .rows(session, 48, 60)
                    .writeTo("local.db.pictures")
                    .overwrite(functions.lit(true));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return session
                  .sql("SELECT snapshot_id FROM local.db.pictures.snapshots ORDER BY committed_at")
                  .collectAsList();
            });
  }

  @AfterEach
  void clearSettings() {
    if (table != null) {
      table.close();
    }
  }

  private static String source(String more) {
    return PictureTable.source("table: local.db.pictures" + more);
  }

  @Test
  void aSnapshotTrainsToTheWeightsOfItsRowsAndPredictionsJoin() throws IOException {
    assertEquals(3, snapshots.size());
    String second = ", version: " + snapshots.get(1).getLong(0);
    String expected = table.trained(table.parquet(0, 48));
    assertNotEquals(expected, table.trained(source("")));
    assertEquals(expected, table.trained(source(second)));
    assertEquals(
        expected,
        table.trained(
            PictureTable.source(
                "path: " + table.path("warehouse/db/pictures") + ", source: iceberg" + second)));

    for (String version : List.of("", second)) {
      CommandRun run =
          table.predict(source(version), "local.db.predictions", "--keep", "id", "--overwrite");
      assertEquals(0, run.status(), run::toString);
    }
    table.withSpark(
        session -> {
          table.assertJoins(session, session.table("local.db.predictions"), 0, 48);
          return 0;
        });
  }

  @Test
  void aVersionThatIsNotThereIsToldInALine() {
    CommandRun run = table.train(source(", version: 7"));
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of("convoy: table local.db.pictures: can't be read: Cannot find snapshot with ID 7"),
        run.err());
  }
}
