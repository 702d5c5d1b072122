package dev.convoy.spark.use;

import dev.convoy.spark.format.KeyedPicture;
import dev.convoy.spark.format.KeyedPictures;
import dev.convoy.spark.job.PartitionJob;
import dev.convoy.spark.use.PicturePredictions.Item;
import dev.convoy.spark.use.PicturePredictions.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Predicts on pictures that have keys, once, and keeps the rows that come out on the executors'
 * disks: what is bad among them shows before a row is written anywhere. Rows go from there to where
 * they are written; the driver gets counts alone, and what is wrong with bad pictures.
 */
public final class PredictionJob {
  /** The column of what is wrong with a picture, beside those of a table. */
  private static final String PROBLEM = "__convoy_problem";

  private PredictionJob() {}

  /** Hears how it goes, in one thread. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Hears of one more part that is done, and of the start.
     *
     * @param pictures of all parts that are done, good and bad
     * @param done parts of all; 0 at the start, before the first task
     */
    void onPart(long pictures, int done, int all);
  }

  /**
   * Rows of predictions, kept until they are closed.
   *
   * @param rows of the pictures that could be predicted on: their keys, and the predictions
   * @param pictures good and bad
   * @param problems one line for each bad picture
   * @param kept what the rows are made of
   * @param start when the first task could start, by {@link System#nanoTime}
   */
  public record Predicted(
      Dataset<Row> rows, long pictures, List<String> problems, Dataset<Row> kept, long start)
      implements AutoCloseable {
    @Override
    public void close() {
      kept.unpersist();
    }
  }

  /**
   * Predicts.
   *
   * @throws dev.convoy.image.DataException if a column of the key has the name of another
   */
  public static Predicted run(
      JavaSparkContext spark,
      KeyedPictures pictures,
      SharedModel model,
      PredictionColumns columns,
      Progress progress) {
    StructType schema = columns.behind(pictures.columns());
    StructType nullable = new StructType();
    for (var field : schema.fields()) {
      nullable = nullable.add(field.name(), field.dataType(), true, field.metadata());
    }
    JavaRDD<Row> predictions = pictures.pictures().mapPartitions(new Task(model, columns));
    Dataset<Row> kept =
        pictures
            .session()
            .createDataFrame(predictions, nullable.add(PROBLEM, DataTypes.StringType, true))
            .persist(StorageLevel.DISK_ONLY());
    boolean ran = false;
    try {
      Found found = count(spark, kept, progress);
      List<String> problems = new ArrayList<>(pictures.problems());
      problems.addAll(found.problems());
      Dataset<Row> rows =
          found.problems().isEmpty()
              ? kept
              : kept.filter(functions.col("`" + PROBLEM + "`").isNull());
      ran = true;
      return new Predicted(
          rows.drop(PROBLEM),
          found.pictures() + pictures.problems().size(),
          problems,
          kept,
          found.start());
    } finally {
      if (!ran) {
        kept.unpersist();
      }
    }
  }

  /** What a part has, or all. */
  private record Found(long pictures, List<String> problems, long start) implements Serializable {}

  private static Found count(JavaSparkContext spark, Dataset<Row> kept, Progress progress) {
    JavaRDD<Found> parts =
        kept.select("`" + PROBLEM + "`").toJavaRDD().mapPartitions(PredictionJob::found);
    int all = parts.getNumPartitions();
    List<Found> found = new ArrayList<>(Collections.nCopies(all, new Found(0, List.of(), 0)));
    long[] pictures = new long[1];
    int[] done = new int[1];
    progress.onPart(0, 0, all);
    long start = System.nanoTime();
    spark.setJobDescription("predictions");
    try {
      PartitionJob.run(
          spark,
          parts,
          0,
          all,
          (part, counted) -> {
            found.set(part, counted);
            pictures[0] += counted.pictures();
            progress.onPart(pictures[0], ++done[0], all);
          });
    } finally {
      spark.setJobDescription(null);
    }
    List<String> problems = found.stream().flatMap(part -> part.problems().stream()).toList();
    return new Found(pictures[0], problems, start);
  }

  private static Iterator<Found> found(Iterator<Row> rows) {
    long pictures = 0;
    List<String> problems = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      pictures++;
      if (!row.isNullAt(0)) {
        problems.add(row.getString(0));
      }
    }
    return List.of(new Found(pictures, problems, 0)).iterator();
  }

  /** The predictions of a part. */
  private record Task(SharedModel model, PredictionColumns columns)
      implements FlatMapFunction<Iterator<KeyedPicture>, Row> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Row> call(Iterator<KeyedPicture> pictures) {
      Iterator<Item<Row>> items =
          stream(pictures).map(picture -> new Item<>(picture.key(), picture.example())).iterator();
      int added = columns.schema().size();
      return stream(model.here().predict(items)).map(outcome -> row(outcome, added)).iterator();
    }

    private Row row(Outcome<Row> outcome, int added) {
      Row key = outcome.key();
      Object[] values = new Object[key.size() + added + 1];
      for (int i = 0; i < key.size(); i++) {
        values[i] = key.get(i);
      }
      float[] outputs = outcome.values();
      if (outputs != null) {
        List<Object> predicted = columns.values(outputs);
        for (int i = 0; i < added; i++) {
          values[key.size() + i] = predicted.get(i);
        }
      }
      values[values.length - 1] = outcome.problem();
      return RowFactory.create(values);
    }

    private static <T> Stream<T> stream(Iterator<T> elements) {
      Iterable<T> all = () -> elements;
      return StreamSupport.stream(all.spliterator(), false);
    }
  }
}
