package dev.convoy.ml;

import dev.convoy.config.Job;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.image.DataException;
import dev.convoy.model.Model;
import dev.convoy.model.Provenance;
import dev.convoy.run.DataReport;
import dev.convoy.run.OutputUse;
import dev.convoy.run.RunListener;
import dev.convoy.run.Training;
import dev.convoy.run.TrainingResult;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * One training of an estimator on a dataset, in a folder of its own, which it does not leave
 * behind.
 */
final class Fit {
  /** What the model's job says of the folder: that of a fit is gone. */
  private static final String NO_FOLDER = "pipeline";

  private final TrainingParams<?> params;
  private final String features;
  private final String label;
  private final boolean numbers;
  private final @Nullable List<String> classes;
  private final double @Nullable [] thresholds;

  /**
   * Prepares a training.
   *
   * @param features column of pictures
   * @param label column of labels
   * @param numbers whether labels are numbers to be predicted, rather than classes
   * @param classes names, one an output; absent where the label column has none
   * @param thresholds one an output; absent without
   */
  Fit(
      TrainingParams<?> params,
      String features,
      String label,
      boolean numbers,
      @Nullable List<String> classes,
      double @Nullable [] thresholds) {
    this.params = params;
    this.features = features;
    this.label = label;
    this.numbers = numbers;
    this.classes = classes;
    this.thresholds = thresholds;
  }

  /**
   * What a training left.
   *
   * @param model whose provenance tells nothing of the folder
   * @param result of the run
   */
  record Fitted(Model model, TrainingResult result) {}

  /** Checks all columns by their types; nulls are looked for when rows are read. */
  static void checkSchema(TrainingParams<?> params, StructType schema) {
    NetworkParams all = params.trainingParams();
    if (params.isDefined(all.weightCol)) {
      check(
          params,
          params.getWeightCol(),
          "numbers",
          field(params, schema, params.getWeightCol()) instanceof NumericType,
          schema);
    }
    if (params.isDefined(all.validationIndicatorCol)) {
      String column = params.getValidationIndicatorCol();
      check(
          params, column, "booleans", field(params, schema, column) instanceof BooleanType, schema);
    }
    if (params.isDefined(all.orderCol)) {
      field(params, schema, params.getOrderCol());
    }
  }

  private static Object field(TrainingParams<?> params, StructType schema, String column) {
    return Columns.field(params.uid(), schema, column).dataType();
  }

  private static void check(
      TrainingParams<?> params, String column, String what, boolean holds, StructType schema) {
    if (!holds) {
      throw new IllegalArgumentException(
          params.uid()
              + ": column "
              + column
              + " must be of "
              + what
              + ", but is of "
              + schema.apply(column).dataType().catalogString());
    }
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if the dataset or the params are not what they should be
   */
  Fitted on(Dataset<?> dataset) {
    HadoopFiles files =
        new HadoopFiles(
            new JavaSparkContext(dataset.sparkSession().sparkContext()).hadoopConfiguration());
    try {
      Job job = job(NO_FOLDER);
      FitFolder folder =
          params.isDefined(params.trainingParams().checkpointDir)
              ? FitFolder.in(params.getCheckpointDir(), job, columns())
              : FitFolder.temporary();
      boolean ended = false;
      try {
        Fitted fitted = train(dataset, folder);
        ended = true;
        return fitted;
      } finally {
        if (ended || !folder.stays()) {
          folder.remove(files);
        }
      }
    } catch (ConfigException | DataException | WrongInputException e) {
      throw new IllegalArgumentException(params.uid() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(params.uid() + ": " + e.getMessage(), e);
    }
  }

  private Job job(String output) {
    NetworkParams all = params.trainingParams();
    List<String> columns = new ArrayList<>();
    if (params.isDefined(all.weightCol)) {
      columns.add(JobText.WEIGHT);
    }
    if (params.isDefined(all.orderCol)) {
      columns.add(JobText.ORDER);
    }
    return JobText.of(
        params, numbers, classes, columns, params.isDefined(all.validationIndicatorCol), output);
  }

  /** Names the columns that are read, in a fixed order; those that are not set have no name. */
  private List<String> columns() {
    NetworkParams all = params.trainingParams();
    List<String> columns = new ArrayList<>(List.of(features, label));
    for (var column : List.of(all.weightCol, all.orderCol, all.validationIndicatorCol)) {
      columns.add(params.isDefined(column) ? params.getOrDefault(column).toString() : "");
    }
    return columns;
  }

  private Fitted train(Dataset<?> dataset, FitFolder folder) throws IOException {
    NetworkParams all = params.trainingParams();
    Dataset<Row> rows = dataset.toDF();
    List<Column> chosen = new ArrayList<>();
    chosen.add(Columns.named(features).as(JobText.IMAGE));
    chosen.add(Columns.named(label).as(JobText.LABEL));
    if (params.isDefined(all.weightCol)) {
      chosen.add(Columns.named(params.getWeightCol()).as(JobText.WEIGHT));
    }
    if (params.isDefined(all.orderCol)) {
      chosen.add(Columns.named(params.getOrderCol()).as(JobText.ORDER));
    }
    boolean validates = params.isDefined(all.validationIndicatorCol);
    Column marked =
        validates
            ? functions.coalesce(
                Columns.named(params.getValidationIndicatorCol()), functions.lit(false))
            : functions.lit(false);
    Column[] select = chosen.toArray(Column[]::new);
    Job job = job(folder.path());
    Thresholds.check(params, thresholds, job.network().output().size());
    if (numbers && job.network().output().size() != 1) {
      throw new IllegalArgumentException(
          params.uid()
              + ": the network must have one output, for the one number to be predicted, but has "
              + job.network().output().size());
    }
    Training training =
        Training.of(job)
            .on(dataset.sparkSession())
            .listen(new SeveralClasses())
            .table(JobText.TRAINING, rows.where(functions.not(marked)).select(select));
    if (validates) {
      training.table(JobText.VALIDATION, rows.where(marked).select(select));
    }
    if (folder.stays()) {
      training.use(OutputUse.RESUME);
    }
    TrainingResult result = training.train();
    return new Fitted(withoutFolder(result.model()), result);
  }

  /** Refuses data in which there is nothing to be told apart. */
  private static final class SeveralClasses implements RunListener {
    @Override
    public void onData(DataReport data) {
      long classes = data.training().perClass().stream().filter(count -> count > 0).count();
      if (classes == 1 && data.training().perClass().size() > 1) {
        throw new DataException(
            "the dataset must have pictures of two classes at least, but has those of one");
      }
    }
  }

  private static Model withoutFolder(Model model) {
    Provenance from = model.provenance();
    if (from == null || !(from.job() instanceof Mapping job)) {
      return model;
    }
    return new Model(
        model.network(),
        model.weights(),
        model.preprocess(),
        model.normalization(),
        model.classNames(),
        model.task(),
        model.loss(),
        new Provenance(
            job.with("output", TreeWriter.text(NO_FOLDER)),
            from.trainingData(),
            from.validationData(),
            from.testData(),
            from.rounds(),
            from.weightsSha256(),
            from.convoy(),
            from.spark(),
            from.java()));
  }
}
