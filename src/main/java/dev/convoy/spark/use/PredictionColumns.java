package dev.convoy.spark.use;

import dev.convoy.image.DataException;
import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that hold predictions in a table. Of a class: {@code prediction}, its number, {@code
 * predictedLabel}, its name, and {@code probability}, of all classes in the model's order. Of
 * labels: {@code prediction}, the numbers of those whose probability is above one half, {@code
 * predictedLabels}, their names, and {@code probability}. Of numbers: {@code values}, and where
 * there is but one, {@code prediction} as well. Values that are no probabilities stand in {@code
 * values} in place of {@code probability}.
 *
 * @param prefix of the columns' names, mostly empty
 * @param task what the outputs tell
 * @param probabilities whether the outputs are probabilities
 * @param names one an output
 */
public record PredictionColumns(String prefix, Task task, boolean probabilities, List<String> names)
    implements Serializable {
  /** A probability above it predicts its label, as {@link Task#MULTI_LABEL} has it. */
  private static final float THRESHOLD = 0.5f;

  /** Returns the columns of a model's predictions. */
  public static PredictionColumns of(Model model, String prefix) {
    return new PredictionColumns(
        prefix,
        model.task(),
        model.loss().activation() != OutputActivation.NONE,
        model.classNames());
  }

  /** Returns their names and types. */
  StructType schema() {
    StructType schema = new StructType();
    DataType values = DataTypes.createArrayType(DataTypes.DoubleType, false);
    switch (task) {
      case CLASSIFICATION ->
          schema =
              schema
                  .add(prefix + "prediction", DataTypes.IntegerType, false)
                  .add(prefix + "predictedLabel", DataTypes.StringType, false);
      case MULTI_LABEL ->
          schema =
              schema
                  .add(
                      prefix + "prediction",
                      DataTypes.createArrayType(DataTypes.IntegerType, false),
                      false)
                  .add(
                      prefix + "predictedLabels",
                      DataTypes.createArrayType(DataTypes.StringType, false),
                      false);
      case REGRESSION -> {
        if (names.size() == 1) {
          schema = schema.add(prefix + "prediction", DataTypes.DoubleType, false);
        }
      }
    }
    return schema.add(prefix + (probabilities ? "probability" : "values"), values, false);
  }

  /**
   * Returns columns that are kept, with these behind.
   *
   * @throws DataException if a column that is kept has one of the names, in upper or lower case
   */
  public StructType behind(StructType kept) {
    StructType schema = schema();
    Set<String> ours =
        Arrays.stream(schema.fieldNames())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (String name : kept.fieldNames()) {
      if (ours.contains(name.toLowerCase(Locale.ROOT))) {
        throw new DataException(
            "Column "
                + name
                + " can't be kept, as a column of the predictions has its name: give these a prefix"
                + " (--prefix model_), or name the columns to keep without it (--keep)");
      }
    }
    StructType all = kept;
    for (var field : schema.fields()) {
      all = all.add(field);
    }
    return all;
  }

  /**
   * Returns the values of the columns.
   *
   * @param outputs that the model gave for an image
   */
  List<Object> values(float[] outputs) {
    List<Object> columns = new ArrayList<>();
    switch (task) {
      case CLASSIFICATION -> {
        int best = largest(outputs);
        columns.add(best);
        columns.add(names.get(best));
      }
      case MULTI_LABEL -> {
        List<Integer> found = new ArrayList<>();
        for (int c = 0; c < outputs.length; c++) {
          if (outputs[c] > THRESHOLD) {
            found.add(c);
          }
        }
        columns.add(sequence(found));
        columns.add(sequence(found.stream().map(names::get).toList()));
      }
      case REGRESSION -> {
        if (outputs.length == 1) {
          columns.add((double) outputs[0]);
        }
      }
    }
    List<Double> values = new ArrayList<>(outputs.length);
    for (float output : outputs) {
      values.add((double) output);
    }
    columns.add(sequence(values));
    return columns;
  }

  private static <T> Seq<T> sequence(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** Returns the first of the largest, as {@link Task#CLASSIFICATION} has it. */
  private static int largest(float[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[best]) {
        best = c;
      }
    }
    return best;
  }
}
