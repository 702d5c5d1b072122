package dev.convoy.run;

import dev.convoy.config.data.BadRecordRule;
import dev.convoy.model.Model;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.KeyedPictures;
import dev.convoy.spark.portion.BadShare;
import dev.convoy.spark.use.PredictionColumns;
import dev.convoy.spark.use.PredictionJob;
import dev.convoy.spark.use.PredictionJob.Predicted;
import dev.convoy.spark.use.PredictionSink;
import dev.convoy.spark.use.SharedModel;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Predicts on a data set into a table: the executors read the pictures, predict, and write the
 * rows, each with the columns that tell its picture from others.
 *
 * @param model that predicts
 * @param path of the model, as it was given
 * @param keep names of columns beside the pictures; absent for all of them
 * @param prefix of the names of the columns that hold predictions
 * @param onBadRecord what is done about pictures that can't be used
 */
public record TablePrediction(
    Model model,
    String path,
    @Nullable List<String> keep,
    String prefix,
    BadRecordRule onBadRecord) {
  private static final double NANOS = 1e9;

  /**
   * What came of it.
   *
   * @param pictures that have rows
   * @param problems one line for each picture that was left out
   * @param remarks of the sink, in sentences
   * @param seconds from the first task that predicts to the last row that is written
   */
  public record Result(long pictures, List<String> problems, List<String> remarks, double seconds) {
    /** Returns the pictures of a second. */
    public double picturesPerSecond() {
      return pictures / seconds;
    }
  }

  /**
   * Predicts.
   *
   * @param spark asked for when what can be checked without it is checked
   * @throws WrongInputException if the model needs more memory than there is
   * @throws dev.convoy.image.DataException if the data are damaged or do not suit, more pictures
   *     are bad than may be, or the sink can't take them; what was in its place before is there
   */
  public Result run(
      FoundImages images,
      Supplier<JavaSparkContext> spark,
      PredictionSink sink,
      PredictionJob.Progress progress)
      throws IOException {
    ModelInput.checkMemory(model, spark.get().getConf());
    ImageRequest request =
        new ImageRequest(
            model.network().input(), model.preprocess(), null, model.loss(), onBadRecord);
    KeyedPictures pictures = images.keyed(spark, request, keep);
    sink.check(pictures.session());
    PredictionColumns columns = PredictionColumns.of(model, prefix);
    try (SharedModel shared = SharedModel.of(spark.get(), model);
        Predicted predicted = PredictionJob.run(spark.get(), pictures, shared, columns, progress)) {
      BadShare.check(predicted.problems(), predicted.pictures(), onBadRecord);
      long good = predicted.pictures() - predicted.problems().size();
      sink.write(
          predicted.rows(),
          new PredictionSink.Note(path, model.classNames(), good, predicted.problems()));
      double seconds = (System.nanoTime() - predicted.start()) / NANOS;
      return new Result(good, predicted.problems(), sink.remarks(pictures.session()), seconds);
    }
  }
}
