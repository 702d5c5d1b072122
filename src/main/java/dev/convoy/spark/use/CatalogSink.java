package dev.convoy.spark.use;

import dev.convoy.image.DataException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.UnfinishedFolder;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes predictions as a table of one of the session's catalogs. Spark's own catalog, whose tables
 * it would take away before the new rows are written, gets a table of another name, which is
 * renamed; others replace a table in one step, those of Delta Lake and Iceberg for example.
 */
public final class CatalogSink implements PredictionSink {
  /** The property of a table that says that it holds predictions, and how many. */
  static final String NOTE = "convoy.predictions";

  private static final String SESSION_CATALOG = "spark_catalog";
  private static final String BUILT_IN = "builtin";
  private static final String IN_MEMORY = "in-memory";
  private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+)*");

  private final HadoopFiles files;
  private final String name;
  private final boolean replaces;

  /**
   * A table to be written.
   *
   * @param name as in {@code db.name} or {@code catalog.db.name}
   * @param replaces whether a table of other predictions goes
   */
  public CatalogSink(HadoopFiles files, String name, boolean replaces) {
    if (!NAME.matcher(name).matches()) {
      throw new DataException(
          "The table must have a name of letters, digits and underscores, parted by dots, as in"
              + " db.predictions, but has "
              + name);
    }
    this.files = files;
    this.name = name;
    this.replaces = replaces;
  }

  @Override
  public void check(SparkSession session) throws IOException {
    int end = name.lastIndexOf('.');
    attempt(
        () -> {
          if (end > 0 && !session.catalog().databaseExists(name.substring(0, end))) {
            throw new DataException(
                "The table "
                    + name
                    + " must be of a database that is there, but there is no "
                    + name.substring(0, end));
          } else if (session.catalog().tableExists(name)) {
            checkTable(session);
          }
        });
  }

  private void checkTable(SparkSession session) {
    boolean holdsPredictions =
        session.sql("SHOW TBLPROPERTIES " + name).collectAsList().stream()
            .anyMatch(property -> property.getString(0).equals(NOTE));
    if (!holdsPredictions) {
      throw new DataException(
          "The table "
              + name
              + " must not be there yet, or hold predictions, but is another, without the property "
              + NOTE);
    } else if (!replaces) {
      throw new DataException(
          "The table " + name + " must not be there yet, but is; --overwrite replaces it");
    }
  }

  @Override
  public void write(Dataset<Row> rows, Note note) throws IOException {
    String count = Long.toString(note.pictures());
    SparkSession session = rows.sparkSession();
    if (isSparksOwn(session)) {
      writeAndRename(session, rows, count);
      return;
    }
    // Spark's lines have this interface in common.
    CreateTableWriter<Row> table = rows.writeTo(name);
    CreateTableWriter<Row> noted = table.tableProperty(NOTE, count);
    attempt(
        () -> {
          if (replaces) {
            noted.createOrReplace();
          } else {
            noted.create();
          }
        });
  }

  @Override
  public List<String> remarks(SparkSession session) {
    String kept = session.conf().get("spark.sql.catalogImplementation", IN_MEMORY);
    return isSparksOwn(session) && kept.equals(IN_MEMORY)
        ? List.of(
            "The table "
                + name
                + " is of Spark's catalog in memory, which ends with the session; its files stay in "
                + session.conf().get("spark.sql.warehouse.dir")
                + ". A metastore keeps it: spark.sql.catalogImplementation=hive.")
        : List.of();
  }

  /** Tells whether the table is of Spark's own catalog, which nothing else stands in for. */
  private boolean isSparksOwn(SparkSession session) {
    String first = name.substring(0, Math.max(0, name.indexOf('.')));
    String catalog = isCatalog(session, first) ? first : session.catalog().currentCatalog();
    return SESSION_CATALOG.equals(catalog) && !isConfigured(session, SESSION_CATALOG);
  }

  private static boolean isCatalog(SparkSession session, String part) {
    return SESSION_CATALOG.equals(part) || !part.isEmpty() && isConfigured(session, part);
  }

  /** Tells whether a class stands for a catalog; Spark's own has a word in its place, or none. */
  private static boolean isConfigured(SparkSession session, String catalog) {
    return !session.conf().get("spark.sql.catalog." + catalog, BUILT_IN).equals(BUILT_IN);
  }

  private void writeAndRename(SparkSession session, Dataset<Row> rows, String count)
      throws IOException {
    String local = name.replaceFirst("^" + SESSION_CATALOG + "\\.", "");
    String table = local.substring(local.lastIndexOf('.') + 1);
    String database = local.substring(0, local.length() - table.length());
    String random = "_" + Long.toHexString(UUID.randomUUID().getLeastSignificantBits());
    String fresh = table + "_unfinished" + random;
    String before = table + "_replaced" + random;
    attempt(
        () -> {
          try (UnfinishedFolder folder =
              UnfinishedFolder.elsewhere(files, location(session, database, fresh))) {
            try {
              rows.write().saveAsTable(database + fresh);
              String properties = " SET TBLPROPERTIES ('" + NOTE + "' = '" + count + "')";
              session.sql("ALTER TABLE " + database + fresh + properties);
              boolean replaced = session.catalog().tableExists(local);
              if (replaced) {
                rename(session, local, database + before);
              }
              rename(session, database + fresh, local);
              folder.finished();
              if (replaced) {
                session.sql("DROP TABLE " + database + before);
              }
            } finally {
              restore(session, database + before, local);
              session.sql("DROP TABLE IF EXISTS " + database + fresh);
            }
          }
        });
  }

  private static void rename(SparkSession session, String from, String to) {
    session.sql("ALTER TABLE " + from + " RENAME TO " + to);
  }

  /** Gives a table its name again that another did not get. */
  private static void restore(SparkSession session, String before, String name) {
    if (session.catalog().tableExists(before) && !session.catalog().tableExists(name)) {
      rename(session, before, name);
    }
  }

  /** Returns where Spark puts a table's files. */
  private static String location(SparkSession session, String database, String table)
      throws AnalysisException {
    String name =
        database.isEmpty()
            ? session.catalog().currentDatabase()
            : database.substring(0, database.length() - 1);
    return session.catalog().getDatabase(name).locationUri() + "/" + table;
  }

  /** What a catalog may refuse. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException, AnalysisException;
  }

  private void attempt(Action action) throws IOException {
    try {
      action.run();
    } catch (AnalysisException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DataException("The table " + name + " can't be written: " + why, e);
    }
  }
}
