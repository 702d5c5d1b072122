package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Pictures of 32x32 with keys and the names of their classes as a table, and a job that trains a
 * MobileNet of 3.2 million parameters on it, by a Spark with more settings than the command has.
 */
final class PictureTable implements AutoCloseable {
  static final int ALL = 60;

  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("kind", DataTypes.StringType)
          .add("content", DataTypes.BinaryType);

  private final ImageBlock images = SampleImages.random(ALL, Shape.of(3, 32, 32), 3, 6);
  private final Path folder;
  private final Map<String, String> settings;

  /** Sets what every session and every command of the test has. */
  PictureTable(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.settings = settings;
    settings.forEach(System::setProperty);
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    Files.writeString(folder.resolve("job.yaml"), job().replace("OUTPUT", path("run")));
  }

  @Override
  public void close() {
    settings.keySet().forEach(System::clearProperty);
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  /** Returns a file of the test's folder, as a path. */
  String path(String name) {
    return folder.resolve(name).toString();
  }

  <T> T withSpark(Function<SparkSession, T> work) {
    SparkSession session = SparkSession.builder().getOrCreate();
    try {
      return work.apply(session);
    } finally {
      session.stop();
    }
  }

  /** Returns the pictures with these numbers. */
  Dataset<Row> rows(SparkSession session, int from, int to) {
    List<Row> rows =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    RowFactory.create(
                        1000L + i, CLASSES.get(images.labels()[i]), PictureBytes.png(images, i)))
            .toList();
    return session.createDataFrame(rows, COLUMNS).repartition(3);
  }

  /** Writes pictures as Parquet, and returns them as a source. */
  String parquet(int from, int to) {
    String path = path("parquet-" + from + "-" + to);
    withSpark(
        session -> {
          rows(session, from, to).write().parquet(path);
          return path;
        });
    return source("path: " + path + ", source: parquet");
  }

  /** Returns the source of a table. */
  static String source(String table) {
    return "{format: table, " + table + ", image: content, label: kind}";
  }

  CommandRun train(String source) {
    return CommandRun.of("train", path("job.yaml"), "--set", "data.train=" + source, "--overwrite");
  }

  /** Trains, and returns the SHA-256 of the weights. */
  String trained(String source) throws IOException {
    CommandRun run = train(source);
    assertEquals(0, run.status(), run::toString);
    return new ObjectMapper()
        .readTree(folder.resolve("run/model/model.json").toFile())
        .at("/provenance/weightsSha256")
        .asText();
  }

  /** Predicts by the model that was trained last, into a table. */
  CommandRun predict(String source, String table, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "predict", path("run"), "--data", source, "--format", "table", "--output", table));
    command.addAll(Arrays.asList(options));
    return CommandRun.of(command.toArray(String[]::new));
  }

  /** Asserts that each of the pictures has one row of predictions, and that no other has. */
  void assertJoins(SparkSession session, Dataset<Row> predictions, int from, int to) {
    assertEquals(
        List.of("id", "prediction", "predictedLabel", "probability"),
        List.of(predictions.columns()));
    assertEquals(to - from, predictions.count());
    Dataset<Row> joined = rows(session, from, to).join(predictions, "id");
    assertEquals(to - from, joined.select("id").distinct().count());
    assertEquals(
        to - from, joined.where(functions.size(joined.col("probability")).equalTo(3)).count());
  }

  private static String job() {
    StringBuilder layers = new StringBuilder();
    int[][] blocks = {
      {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
      {512, 1}, {512, 1}, {1024, 2}, {1024, 1}
    };
    addConvolution(layers, "stem", 32, 1, 3, 2);
    int filters = 32;
    for (int i = 0; i < blocks.length; i++) {
      addConvolution(layers, "depthwise" + i, filters, filters, 3, blocks[i][1]);
      filters = blocks[i][0];
      addConvolution(layers, "pointwise" + i, filters, 1, 1, 1);
    }
    return """
        name: mobilenet
        seed: 5
        data: {train: SET, classes: [bird, cat, dog]}
        network:
          input: [3, 32, 32]
          layers:
        LAYERS    - globalAvgPool2d
            - dense: {name: fc, units: 3}
        training: {epochs: 1, batchSize: 12, optimizer: {sgd: {learningRate: 0.05}}}
        distribution: {workers: 2, averagingFrequency: 1}
        output: OUTPUT
        """
        .replace("LAYERS", layers);
  }

  private static void addConvolution(
      StringBuilder layers, String name, int filters, int groups, int kernel, int stride) {
    layers.append(
        String.format(
            "    - conv2d: {name: %s, filters: %d, groups: %d, kernel: %d, stride: %d, padding: %d,"
                + " bias: false}%n",
            name, filters, groups, kernel, stride, kernel / 2));
    layers.append(String.format("    - batchNorm2d: {name: %s.norm}%n    - relu%n", name));
  }
}
