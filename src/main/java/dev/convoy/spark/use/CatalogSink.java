package dev.convoy.spark.use;

import dev.convoy.image.DataException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.UnfinishedFolder;
import dev.convoy.spark.format.table.SparkReason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

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

  /** The catalog of Delta Lake, and what keeps its own tables. */
  private static final String DELTA_CATALOG = "DeltaCatalog";

  private static final String DELTA = "delta";

  /** What Spark keeps tables by that it can't replace in one step, whatever the catalog. */
  private static final Set<String> FILES =
      Set.of("parquet", "orc", "json", "csv", "avro", "text", "hive");

  private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+)*|\\w+\\.`[^`]+`");

  private final HadoopFiles files;
  private final String name;
  private final @Nullable String provider;
  private final boolean replaces;

  /**
   * A table to be written.
   *
   * @param name as in {@code db.name} or {@code catalog.db.name}, or what keeps the table and its
   *     path, as in {@code delta.`s3a://lake/predictions`}
   * @param provider what keeps the table, as in {@code delta}; the catalog's own by default
   * @param replaces whether a table of other predictions goes
   */
  public CatalogSink(HadoopFiles files, String name, @Nullable String provider, boolean replaces) {
    if (!NAME.matcher(name).matches()) {
      throw new DataException(
          "The table must have a name of letters, digits and underscores, parted by dots, as in"
              + " db.predictions, or be of a path, as in delta.`s3a://lake/predictions`, but has "
              + name);
    }
    this.files = files;
    this.name = name;
    this.provider = provider;
    this.replaces = replaces;
  }

  @Override
  public void check(SparkSession session) throws IOException {
    try {
      attempt(() -> checkPlace(session));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // that of a catalog whose classes are absent, which Scala lets out
      throw unwritable(e);
    }
  }

  private void checkPlace(SparkSession session) throws IOException {
    int end = name.lastIndexOf('.');
    if (end > 0 && !isPath() && !session.catalog().databaseExists(name.substring(0, end))) {
      throw new DataException(
          "The table "
              + name
              + " must be of a database that is there, but there is no "
              + name.substring(0, end));
    } else if (isThere(session)) {
      checkTable(session);
    }
  }

  /** Tells whether there is a table, or, at a path, anything that might be one. */
  private boolean isThere(SparkSession session) throws IOException {
    if (!isPath()) {
      return session.catalog().tableExists(name);
    }
    // Delta's catalog says that it has a table of any path.
    String path = name.substring(name.indexOf('`') + 1, name.length() - 1);
    return files.exists(path) && !(files.isFolder(path) && files.names(path).isEmpty());
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
    String kept = provider(session);
    CreateTableWriter<Row> writer = kept == null ? noted : noted.using(kept);
    attempt(
        () -> {
          if (replaces) {
            writer.createOrReplace();
          } else {
            writer.create();
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

  /**
   * Tells whether the table is of Spark's own catalog, or of one that stands in for it and has
   * Spark keep such tables.
   */
  private boolean isSparksOwn(SparkSession session) {
    return SESSION_CATALOG.equals(catalog(session))
        && !isPath()
        && (!isConfigured(session, SESSION_CATALOG)
            || provider != null && FILES.contains(provider.toLowerCase(Locale.ROOT)));
  }

  private boolean isPath() {
    return name.endsWith("`");
  }

  private String catalog(SparkSession session) {
    String first = name.substring(0, Math.max(0, name.indexOf('.')));
    return isCatalog(session, first) ? first : session.catalog().currentCatalog();
  }

  /** Returns what keeps the table; absent if the catalog decides. */
  private @Nullable String provider(SparkSession session) {
    // Left to itself, it makes tables of Parquet, and drops the old one before it writes the new.
    boolean delta = setting(session, catalog(session)).endsWith(DELTA_CATALOG);
    return provider == null && delta ? DELTA : provider;
  }

  private static boolean isCatalog(SparkSession session, String part) {
    return SESSION_CATALOG.equals(part) || !part.isEmpty() && isConfigured(session, part);
  }

  /** Tells whether a class stands for a catalog; Spark's own has a word in its place, or none. */
  private static boolean isConfigured(SparkSession session, String catalog) {
    return !setting(session, catalog).equals(BUILT_IN);
  }

  private static String setting(SparkSession session, String catalog) {
    return session.conf().get("spark.sql.catalog." + catalog, BUILT_IN);
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
              DataFrameWriter<Row> writer = rows.write();
              (provider == null ? writer : writer.format(provider)).saveAsTable(database + fresh);
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
      throw unwritable(e);
    }
  }

  private DataException unwritable(Exception e) {
    return new DataException("The table " + name + " can't be written: " + SparkReason.of(e), e);
  }
}
