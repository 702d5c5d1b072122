package dev.convoy.pipeline;

import dev.convoy.model.Predictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

class PredictInSql {
  private static final Map<Path, Predictor> PREDICTORS = new ConcurrentHashMap<>(); // of this JVM

  public static void main(String[] args) {
    SparkSession session = SparkSession.builder().getOrCreate();
    String folder = args[0]; // on every executor, or where all of them reach it
    UDF1<byte[], String> kind =
        picture -> picture == null ? null : predictor(folder).predict(picture).label();
    session.udf().register("kind_of", kind, DataTypes.StringType);
    session
        .sql("SELECT kind_of(content) AS kind, count(*) AS pictures FROM pictures GROUP BY 1")
        .orderBy("kind")
        .collectAsList()
        .forEach(row -> System.out.println(row.getString(0) + ": " + row.getLong(1)));
  }

  private static Predictor predictor(String folder) {
    return PREDICTORS.computeIfAbsent(
        Path.of(folder),
        path -> {
          try {
            return Predictor.load(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
