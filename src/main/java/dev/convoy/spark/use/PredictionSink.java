package dev.convoy.spark.use;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Takes a table of predictions; what was there before stays until all of it is written. */
public interface PredictionSink {
  /**
   * Refuses what can't be written to, before anything is computed.
   *
   * @throws dev.convoy.image.DataException if something is there that must not be replaced
   */
  void check(SparkSession session) throws IOException;

  /**
   * Writes rows, by the executors that have them.
   *
   * @param note what the rows are, for whoever finds them
   */
  void write(Dataset<Row> rows, Note note) throws IOException;

  /** Returns what a person should know of where the rows went, in sentences. */
  default List<String> remarks(SparkSession session) {
    return List.of();
  }

  /**
   * What a table of predictions is.
   *
   * @param model its path, as it was given
   * @param names one an output of the model, in the order of probabilities or values
   * @param pictures that were predicted on
   * @param problems one line for each picture that was left out
   */
  record Note(String model, List<String> names, long pictures, List<String> problems) {}
}
