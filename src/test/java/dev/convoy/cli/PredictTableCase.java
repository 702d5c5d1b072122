package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in tables, what the model says of them, and Spark to read what was written. */
abstract class PredictTableCase {
  static final String MODEL = "src/test/resources/golden/model-v1";

  static final List<String> CLASSES = List.of("cat", "dog", "neither");

  static final int COUNT = 200;

  static final StructType PICTURE =
      new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);

  static final StructType TABLE =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("label", DataTypes.StringType)
          .add("image", DataTypes.BinaryType)
          .add("taken", DataTypes.TimestampType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("tags", DataTypes.createArrayType(DataTypes.StringType));

  @TempDir Path folder;

  final ImageBlock images = SampleImages.random(COUNT, shape(), 3, 11);

  float[][] expected;

  static dev.convoy.tensor.Shape shape() {
    return dev.convoy.tensor.Shape.of(1, 9, 7);
  }

  @BeforeEach
  void predictAlone() throws IOException {
    Model model = ModelFolder.read(new LocalFiles(), MODEL);
    expected =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
            .probabilities(images);
  }

  static <T> T withSpark(Function<SparkSession, T> work) {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    try {
      return work.apply(session);
    } finally {
      session.stop();
    }
  }

  /** Writes a table of pictures with keys beside them. */
  String table() {
    String path = folder.resolve("pictures").toString();
    withSpark(
        session -> {
          session.createDataFrame(rows(), TABLE).repartition(3).write().parquet(path);
          return path;
        });
    return path;
  }

  List<Row> rows() {
    return IntStream.range(0, COUNT)
        .mapToObj(
            i ->
                RowFactory.create(
                    1000L + i,
                    i % 5 == 0 ? null : " l\u00e4bel, \"" + i + "\"",
                    PictureBytes.png(images, i),
                    Timestamp.valueOf("2026-01-02 03:04:05"),
                    new java.math.BigDecimal(i + ".25"),
                    i % 7 == 0 ? null : List.of("a", "b\n" + i).toArray(String[]::new)))
        .toList();
  }

  static String source(String path) {
    return "{format: parquet, path: " + path + "}";
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  void assertPredicted(int image, int prediction, String label, List<Double> probability) {
    double[] values = new double[3];
    int best = 0;
    for (int c = 0; c < 3; c++) {
      values[c] = expected[image][c];
      best = values[c] > values[best] ? c : best;
    }
    assertEquals(best, prediction);
    assertEquals(CLASSES.get(best), label);
    assertArrayEquals(values, probability.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
