package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.tensor.Check;
import dev.convoy.train.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of a job, as {@code convoy train} does.
 *
 * <pre>{@code
 * TrainingResult result = Training.of(Job.read(Path.of("job.yaml"))).on(session).train();
 * }</pre>
 *
 * <p>What it leaves in the job's output folder is specified in the documentation of models, metrics
 * and checkpoints. The serializer that an application has set for its own values changes no bit of
 * the result.
 */
@PublicApi
public final class Training {
  private final @Nullable Job job;
  private final @Nullable String path;
  private final List<String> overrides;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
  private @Nullable SparkSession session;
  private OutputUse use = OutputUse.NEW;
  private BooleanSupplier stop = () -> false;

  private Training(@Nullable Job job, @Nullable String path, List<String> overrides) {
    this.job = job;
    this.path = path;
    this.overrides = overrides;
  }

  /** Returns a training of this job. */
  public static Training of(Job job) {
    return new Training(job, null, List.of());
  }

  /**
   * Returns a training of the job in a file.
   *
   * @param path on any file system that the session reaches
   * @param overrides each replaces a key, as in {@code training.epochs=2}
   */
  public static Training ofFile(String path, String... overrides) {
    return new Training(null, path, List.of(overrides));
  }

  /** Has it run on this session, which stays open. */
  public Training on(SparkSession session) {
    this.session = session;
    return this;
  }

  /**
   * Has it run in this JVM, on all cores, in a session that begins and ends with it: the default.
   * The JVM must have no other session.
   */
  public Training locally() {
    session = null;
    return this;
  }

  /**
   * Adds a listener, in this JVM. A {@link RunListener} hears what comes before and beside the
   * rounds, too.
   */
  public Training listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Gives rows a name by which the job's data of the format {@code table} can have them, in place
   * of a table of the session's catalogs.
   *
   * @param name as the job's key {@code table} has it
   * @param rows in any order and number of partitions
   */
  public Training table(String name, Dataset<Row> rows) {
    tables.put(name, rows);
    return this;
  }

  /** Says what becomes of a run that the output folder holds; there must be none by default. */
  public Training use(OutputUse use) {
    this.use = use;
    return this;
  }

  /** Has it stop, and save, after the round in which this is true. Another thread may ask. */
  public Training stopWhen(BooleanSupplier stop) {
    this.stop = stop;
    return this;
  }

  /**
   * Trains: checks all that can be wrong first, and writes nothing before that.
   *
   * @throws WrongInputException if the job asks for what can't be
   * @throws dev.convoy.config.tree.ConfigException if anything in a job file is wrong
   * @throws dev.convoy.image.DataException if the data are missing, damaged, or do not suit
   * @throws dev.convoy.train.fault.NonFiniteException if a value became NaN or infinite
   * @throws IOException if a file can't be read or written
   */
  public TrainingResult train() throws IOException {
    if (session != null) {
      return train(new JavaSparkContext(session.sparkContext()));
    }
    SparkConf configuration =
        SparkSettings.apply(new SparkConf().setMaster("local[*]").setAppName("convoy"))
            .setIfMissing("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
      return train(spark);
    }
  }

  private TrainingResult train(JavaSparkContext spark) throws IOException {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    Job read = job == null ? read(files) : job;
    String name = path == null ? "job " + read.name() : path;
    RunListener listener = new RunListeners(listeners);
    try (TrainingRun run =
        TrainingRun.prepare(
            name,
            read,
            new DataAccess(files, () -> spark, tables),
            use,
            spark.getConf(),
            listener)) {
      return run.execute(spark, stop);
    }
  }

  private Job read(HadoopFiles files) throws IOException {
    String file = Check.present(path, "The path of the job");
    try (InputStream in = files.open(file)) {
      return JobReader.read(in, file, overrides);
    }
  }
}
