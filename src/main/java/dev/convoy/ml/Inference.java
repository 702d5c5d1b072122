package dev.convoy.ml;

import dev.convoy.data.RawExample;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.model.Model;
import dev.convoy.spark.format.table.PictureCell;
import dev.convoy.spark.use.ModelAtWork;
import dev.convoy.spark.use.PicturePredictions.Item;
import dev.convoy.spark.use.PicturePredictions.Outcome;
import dev.convoy.spark.use.SharedModel;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A model's way to the executors: it is sent once, and kept as long as the application lives. */
final class Inference {
  private final Model model;

  private @Nullable SparkContext sentIn;
  private @Nullable SharedModel shared;
  private @Nullable ModelAtWork local;

  Inference(Model model) {
    this.model = model;
  }

  /** Returns the model. */
  Model model() {
    return model;
  }

  private synchronized SharedModel in(SparkContext context) {
    SharedModel sent = shared;
    if (sent == null || sentIn != context) {
      sent = SharedModel.of(new JavaSparkContext(context), model);
      shared = sent;
      sentIn = context;
    }
    return sent;
  }

  /**
   * Adds cells to the rows of a dataset.
   *
   * @param schema of the dataset and the cells
   * @param features column of pictures
   * @param shape of pixels that lie ready; absent where there are none
   */
  Dataset<Row> transform(
      String uid,
      Dataset<?> dataset,
      StructType schema,
      String features,
      @Nullable Shape shape,
      String invalid,
      RowPredictions.RowValues values) {
    PictureCell cells = Columns.pictures(uid, dataset.schema(), features, shape);
    int column = Arrays.asList(dataset.schema().fieldNames()).indexOf(features);
    SharedModel sent = in(dataset.sparkSession().sparkContext());
    Dataset<Row> rows =
        dataset
            .toDF()
            .mapPartitions(
                new RowPredictions(uid, sent, cells, column, invalid, values),
                Encoders.row(schema));
    return withMetadata(rows, schema);
  }

  /** Gives columns the metadata that encoders leave out, such as classes' names. */
  private static Dataset<Row> withMetadata(Dataset<Row> rows, StructType schema) {
    Column[] columns =
        Arrays.stream(schema.fields())
            .map(field -> Columns.named(field.name()).as(field.name(), field.metadata()))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  /**
   * Predicts on one picture in this process.
   *
   * @throws IllegalArgumentException if it can't be read
   */
  float[] predict(String uid, Object features, @Nullable Shape shape) {
    ModelAtWork atWork = here();
    Preparation preparation = atWork.preparation();
    PictureCell cell = PictureCell.of(features, shape);
    RawExample example =
        cell.example(features, "the picture", null, new ImageDecoder(preparation), preparation);
    Outcome<String> outcome = atWork.predict(List.of(new Item<>(uid, example)).iterator()).next();
    if (outcome.values() == null) {
      throw new IllegalArgumentException(uid + ": " + outcome.problem());
    }
    return outcome.values();
  }

  private synchronized ModelAtWork here() {
    ModelAtWork atWork = local;
    if (atWork == null) {
      atWork = ModelAtWork.of(model);
      local = atWork;
    }
    return atWork;
  }
}
