package dev.convoy.run;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.ImageBlock;
import dev.convoy.model.Model;
import dev.convoy.model.Prediction;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageName;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.use.SparkEvaluator;
import dev.convoy.spark.use.SparkPredictor;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A model at work on whole data sets, on Spark. For single pictures in one process {@link
 * dev.convoy.model.Predictor} is quicker, and needs no Spark.
 */
@PublicApi
public final class DistributedModel {
  private final Model model;
  private final HadoopFiles files;
  private final Supplier<JavaSparkContext> spark;

  /**
   * Puts a model to work, in a session that may not have begun.
   *
   * @param files by which data are read
   * @param spark asked for when it is first needed
   */
  @Internal
  public DistributedModel(Model model, HadoopFiles files, Supplier<JavaSparkContext> spark) {
    this.model = model;
    this.files = files;
    this.spark = spark;
  }

  /**
   * Reads a model.
   *
   * @param folder of the model, or of the run that left it, on any file system that the session
   *     reaches
   * @throws WrongInputException if there is none, or the session's settings do not suit
   * @throws dev.convoy.model.ModelException if it is damaged
   */
  public static DistributedModel load(SparkSession session, String folder) throws IOException {
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    String unsuitable = SparkSettings.problem(context.getConf());
    if (unsuitable != null) {
      throw new WrongInputException(folder + ": " + unsuitable);
    }
    HadoopFiles files = new HadoopFiles(context.hadoopConfiguration());
    return new DistributedModel(ModelInput.read(files, folder), files, () -> context);
  }

  /** Returns the model. */
  public Model model() {
    return model;
  }

  /**
   * Evaluates the model on labelled images. A record that can't be used is an error.
   *
   * @throws dev.convoy.image.DataException if the data are missing, damaged, or do not suit
   */
  public EvaluationResult evaluate(DataSource source) throws IOException {
    return evaluate(source, new Fail(), RunListener.NONE);
  }

  /**
   * Evaluates the model on labelled images.
   *
   * @param listener told of records that are skipped, as warnings, and what a person should know
   * @throws dev.convoy.image.DataException if the data are missing, damaged, or do not suit
   */
  public EvaluationResult evaluate(
      DataSource source, BadRecordRule onBadRecord, RunListener listener) throws IOException {
    FoundImages found = FoundImages.find(source, new DataAccess(files, spark), true);
    checkMemory();
    ReadImages read = found.read(spark, request(new ClassLabels(model.classNames()), onBadRecord));
    ModelInput.check(model, read.summary().task(), found.labelsName());
    read.problems().forEach(problem -> listener.onWarning("skipped: " + problem));
    JobImages.remarks("test", found, read, model.classNames()).forEach(listener::onNote);
    JavaRDD<ImageBlock> blocks = read.blocks().inOrder("images", read.summary().count());
    SparkEvaluator evaluator =
        new SparkEvaluator(
            spark.get(), model.network(), model.normalization(), model.loss(), blocks);
    return EvaluationResult.of(spark.get(), evaluator.apply(model.weights()), model.classNames());
  }

  private void checkMemory() {
    ModelInput.checkMemory(model, spark.get().getConf());
  }

  private ImageRequest request(@Nullable ClassLabels labels, BadRecordRule onBadRecord) {
    return new ImageRequest(
        model.network().input(), model.preprocess(), labels, model.loss(), onBadRecord);
  }

  /** Takes the prediction of one image. */
  @FunctionalInterface
  public interface PredictionConsumer {
    /**
     * Takes it.
     *
     * @param file it lies in, as the source names it
     * @param index in the file, from 0
     * @param prediction what the model tells of it
     */
    void accept(String file, int index, Prediction prediction) throws IOException;
  }

  /**
   * Predicts on images, in the order of the data; labels are not looked at. A record that can't be
   * used is an error. One part of the results is in this process at a time.
   *
   * @throws dev.convoy.image.DataException if the data are missing, damaged, or do not suit
   */
  public void predict(DataSource source, PredictionConsumer consumer) throws IOException {
    prepare(source, new Fail(), RunListener.NONE).forEach(consumer);
  }

  /**
   * Reads and checks images, before the first of them is predicted on, for who wants their names in
   * parts.
   *
   * @param listener told of records that are skipped, as warnings
   * @throws dev.convoy.image.DataException if the data are missing, damaged, or do not suit
   */
  @Internal
  public Predictions prepare(DataSource source, BadRecordRule onBadRecord, RunListener listener)
      throws IOException {
    FoundImages found = FoundImages.find(source, new DataAccess(files, spark), false);
    checkMemory();
    ReadImages read = found.read(spark, request(null, onBadRecord));
    read.problems().forEach(problem -> listener.onWarning("skipped: " + problem));
    JavaRDD<ImageBlock> blocks = read.blocks().inOrder("images", read.summary().count());
    return new Predictions(
        found,
        model.classNames(),
        read.numbering().badPlaces(),
        new SparkPredictor(spark.get(), model).predictions(blocks));
  }

  /**
   * Predictions that are about to be made.
   *
   * @param found what the images are called
   * @param names one an output
   * @param bad places of the images that are skipped, among all
   * @param blocks of predictions, {@code [images][outputs]} each
   */
  @Internal
  public record Predictions(
      FoundImages found, List<String> names, int[] bad, Iterator<float[][]> blocks) {
    /** Makes them, once. */
    public void forEach(PredictionConsumer consumer) throws IOException {
      int place = 0;
      int skipped = 0;
      while (blocks.hasNext()) {
        for (float[] values : blocks.next()) {
          for (; skipped < bad.length && bad[skipped] == place; skipped++) {
            place++;
          }
          ImageName name = found.name(place++);
          consumer.accept(name.file(), name.index(), new Prediction(names, values));
        }
      }
    }
  }
}
