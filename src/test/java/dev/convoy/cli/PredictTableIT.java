package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions as tables that the executors write, and that join to what the pictures came from. */
class PredictTableIT {
  private static final String MODEL = "src/test/resources/golden/model-v1";
  private static final List<String> CLASSES = List.of("cat", "dog", "neither");
  private static final int COUNT = 200;

  private static final StructType PICTURE =
      new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);

  private static final StructType TABLE =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("label", DataTypes.StringType)
          .add("image", DataTypes.BinaryType)
          .add("taken", DataTypes.TimestampType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("tags", DataTypes.createArrayType(DataTypes.StringType));

  @TempDir private Path folder;
  private final ImageBlock images = SampleImages.random(COUNT, shape(), 3, 11);
  private float[][] expected;

  private static dev.convoy.tensor.Shape shape() {
    return dev.convoy.tensor.Shape.of(1, 9, 7);
  }

  @BeforeEach
  void predictAlone() throws IOException {
    Model model = ModelFolder.read(new LocalFiles(), MODEL);
    expected =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
            .probabilities(images);
  }

  private static <T> T withSpark(Function<SparkSession, T> work) {
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
  private String table() {
    String path = folder.resolve("pictures").toString();
    withSpark(
        session -> {
          session.createDataFrame(rows(), TABLE).repartition(3).write().parquet(path);
          return path;
        });
    return path;
  }

  private List<Row> rows() {
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

  private static String source(String path) {
    return "{format: parquet, path: " + path + "}";
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void assertPredicted(int image, int prediction, String label, List<Double> probability) {
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

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void rowsHaveTheColumnsBesideThePictureAndJoin(String format) throws IOException {
    String pictures = table();
    String output = folder.resolve("out").toString();
    CommandRun run =
        CommandRun.of(
            "predict", MODEL, "--data", source(pictures), "--output", output, "--format", format);
    assertEquals(0, run.status(), run::toString);
    assertEquals(1, run.out().size(), run::toString);
    assertTrue(
        run.out().get(0).matches("Predicted 200 pictures into \\Q" + output + "\\E, at .* s\\."),
        run::toString);
    List<Row> joined =
        withSpark(
            session -> {
              Dataset<Row> found = session.read().format(format).load(output);
              assertEquals(
                  "id bigint,label string,taken timestamp,price decimal(10,2),tags array<string>,"
                      + "prediction int,predictedLabel string,probability array<double>",
                  String.join(
                      ",",
                      Arrays.stream(found.schema().fields())
                          .map(field -> field.name() + " " + field.dataType().catalogString())
                          .toList()));
              Dataset<Row> original = session.createDataFrame(rows(), TABLE);
              // Null-safe, so that every kept value must be the same.
              return found
                  .join(
                      original,
                      Stream.of("id", "label", "taken", "price", "tags")
                          .map(name -> found.col(name).eqNullSafe(original.col(name)))
                          .reduce((a, b) -> a.and(b))
                          .orElseThrow())
                  .select(
                      found.col("id"),
                      found.col("prediction"),
                      found.col("predictedLabel"),
                      found.col("probability"))
                  .collectAsList();
            });
    assertEquals(COUNT, joined.size());
    for (Row row : joined) {
      int image = (int) (row.getLong(0) - 1000);
      assertPredicted(image, row.getInt(1), row.getString(2), row.getList(3));
    }
    JsonNode note = new ObjectMapper().readTree(Path.of(output, "_predictions.json").toFile());
    assertEquals(COUNT, note.get("pictures").asInt());
    assertEquals("[\"cat\",\"dog\",\"neither\"]", note.get("names").toString());
    assertTrue(
        names(Path.of(output)).stream().filter(name -> name.startsWith("part-")).count() > 1);
    assertEquals(List.of("out", "pictures"), names(folder));
  }

  @Test
  void linesOfCsvAndJsonHaveTheSameInFolders() throws IOException {
    String pictures = table();
    String csv = folder.resolve("csv") + "/";
    String json = folder.resolve("json") + "/";
    for (String output : List.of(csv, json)) {
      CommandRun run =
          CommandRun.of(
              "predict",
              MODEL,
              "--data",
              source(pictures),
              "--output",
              output,
              "--format",
              output.equals(csv) ? "csv" : "jsonl",
              "--keep",
              "tags,id,label");
      assertEquals(0, run.status(), run::toString);
    }
    Map<Long, JsonNode> objects = new HashMap<>();
    for (String name : names(Path.of(json))) {
      if (name.startsWith("part-")) {
        for (String line : Files.readAllLines(Path.of(json, name))) {
          JsonNode object = new ObjectMapper().readTree(line);
          assertEquals(6, object.size(), line);
          objects.put(object.get("id").asLong(), object);
        }
      }
    }
    assertEquals(COUNT, objects.size());
    for (int i = 0; i < COUNT; i++) {
      JsonNode object = objects.get(1000L + i);
      List<Double> probability = new ArrayList<>();
      object.get("probability").forEach(value -> probability.add(value.asDouble()));
      assertPredicted(
          i, object.get("prediction").asInt(), object.get("predictedLabel").asText(), probability);
      assertEquals(i % 5 == 0, object.get("label").isNull());
      assertEquals(i % 7 == 0, object.get("tags").isNull());
    }
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .option("header", true)
                    .option("multiLine", true)
                    .option("escape", "\"")
                    .csv(csv)
                    .collectAsList());
    assertEquals(COUNT, rows.size());
    for (Row row : rows) {
      JsonNode object = objects.get(Long.parseLong(row.getAs("id")));
      assertEquals(object.get("probability").toString(), row.getAs("probability"));
      assertEquals(
          object.get("tags").isNull() ? null : object.get("tags").toString(), row.getAs("tags"));
      assertEquals(
          object.get("label").isNull() ? null : object.get("label").asText(), row.getAs("label"));
    }
    String heading = "tags,id,label,prediction,predictedLabel,probability";
    for (String name : names(Path.of(csv))) {
      if (name.startsWith("part-")) {
        assertEquals(heading, Files.readAllLines(Path.of(csv, name)).get(0));
      }
    }
  }

  @Test
  void ofAPictureInAStructureTheRestIsKept() {
    String pictures = folder.resolve("nested").toString();
    String output = folder.resolve("out").toString();
    withSpark(
        session -> {
          List<Row> rows =
              IntStream.range(0, 10)
                  .mapToObj(
                      i ->
                          RowFactory.create(
                              RowFactory.create(PictureBytes.png(images, i), "n" + i + ".png")))
                  .toList();
          session
              .createDataFrame(rows, new StructType().add("image", PICTURE))
              .write()
              .parquet(pictures);
          return 0;
        });
    CommandRun run =
        CommandRun.of(
            "predict",
            MODEL,
            "--data",
            "{format: parquet, path: " + pictures + ", image: image.bytes}",
            "--output",
            output,
            "--format",
            "parquet");
    assertEquals(0, run.status(), run::toString);
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .parquet(output)
                    .selectExpr(
                        "image", "image.path", "prediction", "predictedLabel", "probability")
                    .collectAsList());
    assertEquals(10, rows.size());
    for (Row row : rows) {
      assertEquals(1, row.getStruct(0).size());
      int image = Integer.parseInt(row.getString(1).replaceAll("\\D", ""));
      assertPredicted(image, row.getInt(2), row.getString(3), row.getList(4));
    }
  }

  @Test
  void filesHaveTheirPathAndBadOnesAreLeftOutUpToAShare() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/a"));
    for (int i = 0; i < 100; i++) {
      Files.write(pictures.resolve(DataFiles.name(i)), PictureBytes.png(images, i));
    }
    String[] command = {
      "predict",
      MODEL,
      pictures.getParent().toString(),
      "--format",
      "parquet",
      "--output",
      folder.resolve("out").toString(),
      "--overwrite"
    };
    CommandRun run = CommandRun.of(command);
    assertEquals(0, run.status(), run::toString);
    assertFalse(Files.exists(folder.resolve("out/_bad-records.jsonl")));
    byte[] note = Files.readAllBytes(folder.resolve("out/_predictions.json"));

    for (int i : new int[] {17, 50, 51}) {
      Files.writeString(pictures.resolve(DataFiles.name(i)), "none");
    }
    CommandRun failed = CommandRun.of(command);
    assertEquals(2, failed.status());
    String problem =
        pictures.resolve("0017.png")
            + ": must be a PNG, JPEG, GIF, BMP or WebP picture, but is not; and 2 more are bad";
    assertEquals(List.of("convoy: " + problem), failed.err());
    assertArrayEquals(note, Files.readAllBytes(folder.resolve("out/_predictions.json")));
    assertEquals(List.of("out", "pictures"), names(folder));

    List<String> tooFew = new ArrayList<>(List.of(command));
    tooFew.addAll(List.of("--skip-bad", "0.02"));
    failed = CommandRun.of(tooFew.toArray(String[]::new));
    assertEquals(2, failed.status());
    assertTrue(failed.err().get(0).contains("3 of 100 records are bad"), failed::toString);

    List<String> enough = new ArrayList<>(List.of(command));
    enough.addAll(List.of("--skip-bad", "0.03"));
    run = CommandRun.of(enough.toArray(String[]::new));
    assertEquals(0, run.status(), run::toString);
    assertTrue(run.out().get(0).startsWith("Predicted 97 pictures into "), run::toString);
    assertTrue(run.out().get(0).contains(", 3 skipped, at "), run::toString);
    assertEquals(3, run.err().size(), run::toString);
    assertTrue(run.err().get(0).startsWith("skipped: " + pictures.resolve("0017.png") + ": "));
    List<String> bad = Files.readAllLines(folder.resolve("out/_bad-records.jsonl"));
    assertEquals(3, bad.size());
    assertEquals(
        run.err().get(2),
        "skipped: " + new ObjectMapper().readTree(bad.get(2)).get("problem").asText());
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .parquet(folder.resolve("out").toString())
                    .select("path", "prediction", "predictedLabel", "probability")
                    .collectAsList());
    assertEquals(97, rows.size());
    for (Row row : rows) {
      Path path = Path.of(row.getString(0));
      assertEquals(pictures, path.getParent());
      int image = Integer.parseInt(path.getFileName().toString().substring(0, 4));
      assertPredicted(image, row.getInt(1), row.getString(2), row.getList(3));
    }
  }

  @Test
  void recordsOfOtherFormatsHaveTheirFileAndPosition() throws IOException {
    Path idx = folder.resolve("images.idx");
    Files.write(idx, IdxBytes.images(images));
    Path sequence = folder.resolve("pictures.seq");
    DataFiles.sequence(images, CLASSES, sequence, CompressionType.BLOCK);
    Map<String, String> sources =
        Map.of(
            idx.toString(), "{format: idx, images: " + idx + ", labels: " + idx + "}",
            sequence.toString(), "{format: sequencefile, path: " + sequence + "}");
    sources.forEach(
        (path, source) -> {
          String output = path + ".out";
          CommandRun run =
              CommandRun.of(
                  "predict", MODEL, "--data", source, "--output", output, "--format", "orc");
          assertEquals(0, run.status(), run::toString);
          List<Row> rows =
              withSpark(session -> session.read().orc(output).orderBy("index").collectAsList());
          assertEquals(COUNT, rows.size());
          for (int i = 0; i < COUNT; i++) {
            Row row = rows.get(i);
            assertEquals(path, row.getString(0));
            assertEquals(i, row.getInt(1));
            assertPredicted(i, row.getInt(2), row.getString(3), row.getList(4));
          }
        });
  }

  @Test
  void aColumnThatIsCalledAsAPredictionHasACure() {
    String pictures = folder.resolve("predicted").toString();
    withSpark(
        session -> {
          session
              .createDataFrame(rows(), TABLE)
              .selectExpr("id", "image", "label AS Prediction")
              .write()
              .parquet(pictures);
          return 0;
        });
    String output = folder.resolve("out").toString();
    String[] command = {
      "predict", MODEL, "--data", source(pictures), "--output", output, "--format", "parquet"
    };
    CommandRun run = CommandRun.of(command);
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: Column Prediction can't be kept, as a column of the predictions has its name:"
                + " give these a prefix (--prefix model_), or name the columns to keep without it"
                + " (--keep)"),
        run.err());
    List<String> cured = new ArrayList<>(List.of(command));
    cured.addAll(List.of("--prefix", "m_"));
    run = CommandRun.of(cured.toArray(String[]::new));
    assertEquals(0, run.status(), run::toString);
    assertEquals(
        List.of("id", "Prediction", "m_prediction", "m_predictedLabel", "m_probability"),
        withSpark(session -> List.of(session.read().parquet(output).columns())));
  }

  @Test
  void whatHoldsNoPredictionsIsNeverReplaced() throws IOException {
    String pictures = table();
    List<String> before = names(Path.of(pictures));
    CommandRun run =
        CommandRun.of(
            "predict",
            MODEL,
            "--data",
            source(pictures),
            "--output",
            pictures,
            "--format",
            "parquet",
            "--overwrite");
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + pictures
                + ": the output must not be there yet, or hold predictions, but holds other files"),
        run.err());
    assertEquals(before, names(Path.of(pictures)));
    String output = folder.resolve("out").toString();
    String[] command = {
      "predict", MODEL, "--data", source(pictures), "--output", output, "--format", "parquet"
    };
    assertEquals(0, CommandRun.of(command).status());
    run = CommandRun.of(command);
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + output
                + ": the output must not be there yet, but is; --overwrite replaces it"),
        run.err());
  }

  @Test
  void wrongOptionsAreToldInALine() throws IOException {
    String pictures = table();
    String output = folder.resolve("out").toString();
    assertWrong(
        "--format parquet needs --output, the folder to write",
        "--data",
        source(pictures),
        "--format",
        "parquet");
    assertWrong(
        "--keep needs --output with a slash at its end, the folder that the executors write, or"
            + " --format parquet, orc or table",
        "--data",
        source(pictures),
        "--keep",
        "id",
        "--output",
        output);
    assertWrong(
        pictures
            + ": has no column idd to keep; did you mean id?; it has id, label, image, taken,"
            + " price, tags",
        "--data",
        source(pictures),
        "--keep",
        "idd",
        "--output",
        output,
        "--format",
        "orc");
    assertWrong(
        "--skip-bad must be from 0 to 1, but was 1.5",
        "--data",
        source(pictures),
        "--skip-bad",
        "1.5");
    assertWrong(
        "--skip-bad SHARE is --on-bad-record '{skip: {share: SHARE}}': one of the two may stand",
        "--data",
        source(pictures),
        "--skip-bad",
        "0.5",
        "--on-bad-record",
        "skip");
    assertWrong(
        "The table must have a name of letters, digits and underscores, parted by dots, as in"
            + " db.predictions, or be of a path, as in delta.`s3a://lake/predictions`, but has"
            + " out/x",
        "--data",
        source(pictures),
        "--format",
        "table",
        "--output",
        "out/x");
    assertWrong(
        "The table nowhere.predictions must be of a database that is there, but there is no"
            + " nowhere",
        "--data",
        source(pictures),
        "--format",
        "table",
        "--output",
        "nowhere.predictions");
    assertEquals(List.of("pictures"), names(folder));
  }

  private static void assertWrong(String line, String... options) {
    List<String> command = new ArrayList<>(List.of("predict", MODEL));
    command.addAll(List.of(options));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertEquals(2, run.status(), run::toString);
    assertEquals(List.of("convoy: " + line), run.err());
  }

  @Test
  void aFileMaySayWhereThePicturesAre() throws IOException {
    Path source = folder.resolve("source.yaml");
    Files.writeString(source, "format: parquet\npath: " + table() + "\n");
    CommandRun run = CommandRun.of("predict", MODEL, "--data", source.toString());
    assertEquals(0, run.status(), run::toString);
    assertEquals(COUNT, run.out().size());
  }
}
