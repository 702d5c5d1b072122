package dev.convoy.ml;

import dev.convoy.testing.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A pipeline's model that a program of another process has saved, and a training beside it. */
final class StagesProgram {
  private StagesProgram() {}

  /**
   * Prints the SHA-256 of the probabilities that a saved pipeline gives for a table, and that of
   * the weights of a training on it.
   *
   * @param arguments master, folder of classes for the executors, saved pipeline, table, job file
   */
  public static void main(String[] arguments) throws Exception {
    try (SparkSession session =
        SparkSession.builder()
            .master(arguments[0])
            .appName("stages")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.extraClassPath", arguments[1])
            .config(
                "spark.executor.extraJavaOptions",
                "--add-modules=jdk.incubator.vector -XX:+IgnoreUnrecognizedVMOptions")
            .getOrCreate()) {
      Dataset<Row> table = session.read().parquet(arguments[3]);
      System.out.println(probabilities(PipelineModel.load(arguments[2]).transform(table)));
      System.out.println(
          classifier(Files.readString(Path.of(arguments[4]))).fit(table).summary().weightsSha256());
    }
  }

  /** The estimator whose weights are compared. */
  static CnnClassifier classifier(String job) {
    return new CnnClassifier().setFeaturesCol("image").setJob(job).setMaxIter(1);
  }

  /** Returns the SHA-256 of the bits of a column of vectors, in the order of the rows' numbers. */
  static String probabilities(Dataset<Row> predicted) {
    List<Row> rows = predicted.orderBy("id").select("probability").collectAsList();
    int width = rows.get(0).<Vector>getAs(0).size();
    ByteBuffer bits = ByteBuffer.allocate(rows.size() * width * Double.BYTES);
    for (Row row : rows) {
      for (double value : row.<Vector>getAs(0).toArray()) {
        bits.putDouble(value);
      }
    }
    return Sha256.of(bits.array());
  }
}
