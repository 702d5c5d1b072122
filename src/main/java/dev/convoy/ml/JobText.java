package dev.convoy.ml;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.tensor.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of an estimator's params: a param that is set goes before the job text's key, and
 * this before the param's default.
 */
final class JobText {
  /** Names of the tables that stand for a dataset's rows. */
  static final String TRAINING = "training";

  static final String VALIDATION = "validation";

  /** Columns of these tables. */
  static final String IMAGE = "image";

  static final String LABEL = "label";
  static final String WEIGHT = "weight";
  static final String ORDER = "order";

  private final TrainingParams<?> params;
  private final Mapping given;
  private final boolean numbers;

  private JobText(TrainingParams<?> params, Mapping given, boolean numbers) {
    this.params = params;
    this.given = given;
    this.numbers = numbers;
  }

  /**
   * Returns the job of an estimator.
   *
   * @param numbers whether labels are numbers to be predicted, rather than classes
   * @param classes names, one an output; absent where the label column has none
   * @param columns that the tables have besides pictures and labels
   * @param validates whether there are rows on which no step is made
   * @param output folder of the run
   * @throws dev.convoy.config.tree.ConfigException if a param does not say what it should
   */
  static Job of(
      TrainingParams<?> params,
      boolean numbers,
      @Nullable List<String> classes,
      List<String> columns,
      boolean validates,
      String output) {
    NetworkParams all = params.trainingParams();
    Mapping given =
        params.isDefined(all.job)
            ? TreeReader.read(params.getJob(), place(params, all.job))
            : TreeWriter.mapping(Map.of());
    Mapping tree = new JobText(params, given, numbers).tree(classes, columns, validates, output);
    return JobReader.bind(tree);
  }

  private Mapping tree(
      @Nullable List<String> classes, List<String> columns, boolean validates, String output) {
    NetworkParams all = params.trainingParams();
    Map<String, Tree> job = new LinkedHashMap<>();
    Tree name = given.get("name");
    job.put("name", name == null ? TreeWriter.text("pipeline") : name);
    put(job, "seed", all.seed, given);
    job.put("data", data(classes, columns, validates));
    put(job, "network", all.network, given);
    Mapping how = section("training");
    Map<String, Tree> training = new LinkedHashMap<>(how.entries());
    put(training, "epochs", all.maxIter, how);
    put(training, "batchSize", all.batchSize, how);
    put(training, "loss", all.loss, how);
    put(training, "optimizer", all.optimizer, how);
    put(training, "schedule", all.schedule, how);
    put(training, "earlyStopping", all.earlyStopping, how);
    put(training, "initialWeights", all.initialModel, how);
    job.put("training", TreeWriter.mapping(training));
    Mapping spread = section("distribution");
    Map<String, Tree> distribution = new LinkedHashMap<>(spread.entries());
    put(distribution, "workers", all.workers, spread);
    put(distribution, "averaging", all.averaging, spread);
    put(distribution, "averagingFrequency", all.averagingFrequency, spread);
    job.put("distribution", TreeWriter.mapping(distribution));
    if (params.isDefined(all.checkpointDir)) {
      job.put(
          "checkpoint",
          TreeWriter.mapping(
              Map.of("everyRounds", TreeWriter.integer(params.getCheckpointInterval()))));
    }
    job.put("output", TreeWriter.text(output));
    return TreeWriter.mapping(job);
  }

  private Mapping data(@Nullable List<String> classes, List<String> columns, boolean validates) {
    NetworkParams all = params.trainingParams();
    Mapping fits = section("data");
    Map<String, Tree> data = new LinkedHashMap<>(fits.entries());
    data.keySet().removeAll(List.of("train", "test", "validation"));
    data.put("train", table(TRAINING, columns));
    if (validates) {
      data.put("validation", table(VALIDATION, columns));
      data.put("test", table(VALIDATION, columns)); // whose scores the model's summary has
    }
    if (classes != null) {
      data.put(
          "classes",
          new Tree.Sequence(
              Place.NOWHERE, classes.stream().map(c -> (Tree) TreeWriter.text(c)).toList()));
    }
    put(data, "preprocess", all.preprocess, fits);
    put(data, "augment", all.augment, fits);
    put(data, "normalize", all.normalize, fits);
    return TreeWriter.mapping(data);
  }

  private Tree table(String name, List<String> columns) {
    Map<String, Tree> table = new LinkedHashMap<>();
    table.put("format", TreeWriter.text("table"));
    table.put("table", TreeWriter.text(name));
    table.put("image", TreeWriter.text(IMAGE));
    table.put(numbers ? "target" : "label", TreeWriter.text(LABEL));
    if (columns.contains(WEIGHT)) {
      table.put("weight", TreeWriter.text(WEIGHT));
    }
    if (columns.contains(ORDER)) {
      table.put("orderBy", TreeWriter.text(ORDER));
    }
    NetworkParams all = params.trainingParams();
    if (params.isDefined(all.inputShape)) {
      table.put("shape", parsed(all.inputShape));
    }
    return TreeWriter.mapping(table);
  }

  private Mapping section(String key) {
    return given.get(key) instanceof Mapping section ? section : TreeWriter.mapping(Map.of());
  }

  /** Puts what a param says, or the text, or the param's default. */
  private void put(Map<String, Tree> into, String key, Param<?> param, Mapping text) {
    Tree written = text.get(key);
    if (params.isSet(param) || written == null && params.isDefined(param)) {
      into.put(key, parsed(param));
    } else if (written != null) {
      into.put(key, written);
    }
  }

  private Tree parsed(Param<?> param) {
    Object value = params.getOrDefault(param);
    String at = place(params, param);
    Mapping holder = TreeReader.read(param.name() + ": " + holding(String.valueOf(value)), at);
    return Check.present(holder.entries().get(param.name()), param.name());
  }

  /** Begins a text of several lines in a line of its own, where it may be indented or not. */
  private static String holding(String value) {
    return value.lines().count() <= 1 ? value.strip() : "\n" + value.indent(2);
  }

  private static String place(TrainingParams<?> params, Param<?> param) {
    return params.uid() + ", param " + param.name();
  }
}
