package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels, targets and weights in the columns of lists and of Parquet files. */
class TargetColumnsIT {
  private static final int COUNT = 40;
  private static final String BINARY = "training.loss=binaryCrossEntropy";
  private static final String SQUARED = "training.loss=meanSquaredError";

  /** The column of weights, for each of the sources below. */
  private static final String WEIGHED = ", weight: trust";

  @TempDir private Path folder;
  private SmallJob job;

  @BeforeAll
  static void chooseSpark() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void leaveSpark() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void writeData() throws IOException {
    job = new SmallJob(folder);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < COUNT; i++) {
      Files.write(pictures.resolve(name(i)), PictureBytes.png(job.images, i));
    }
    Files.writeString(
        folder.resolve("list.csv"),
        lines(
            "path,kind,sunny,people,dark,x,y,z,trust,one",
            i ->
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%d,%s,%s,%s,%s,%s,1",
                    name(i),
                    List.of("cat", "dog", "bird").get(job.images.labels()[i]),
                    has(i, 0),
                    has(i, 1) ? 1 : 0,
                    has(i, 2) ? "1.0" : "0.25",
                    number(i, 0),
                    number(i, 1),
                    number(i, 2),
                    weight(i))));
    Files.writeString(
        folder.resolve("list.jsonl"),
        lines(
            "",
            i ->
                String.format(
                    Locale.ROOT,
                    "{\"path\": \"%s\", \"trust\": %s, \"vector\": [%s, %s, %s]}",
                    name(i),
                    weight(i),
                    number(i, 0),
                    number(i, 1),
                    number(i, 2))));
  }

  private static String name(int i) {
    return String.format("%04d.png", i);
  }

  private static boolean has(int i, int label) {
    return (i * 3 + label) * (i * 3 + label) % 5 % 2 == 1;
  }

  private static float number(int i, int output) {
    return (i * 3 + output) % 7 - 2.5f;
  }

  private static float weight(int i) {
    return i * 5 % 9 * 0.25f;
  }

  private static String lines(String heading, IntFunction<String> line) {
    return Stream.concat(Stream.of(heading), IntStream.range(0, COUNT).mapToObj(line))
        .filter(text -> !text.isEmpty())
        .reduce("", (all, text) -> all + text + "\n");
  }

  /** Two files with the same columns, and an array of all numbers. */
  private void writeParquet() throws IOException {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("image", DataTypes.BinaryType, false));
    fields.add(DataTypes.createStructField("kind", DataTypes.StringType, false));
    fields.add(DataTypes.createStructField("sunny", DataTypes.BooleanType, false));
    fields.add(DataTypes.createStructField("people", DataTypes.ByteType, false));
    fields.add(DataTypes.createStructField("dark", DataTypes.createDecimalType(5, 3), false));
    for (String number : List.of("x", "y", "z")) {
      fields.add(DataTypes.createStructField(number, DataTypes.DoubleType, false));
    }
    fields.add(
        DataTypes.createStructField(
            "vector", DataTypes.createArrayType(DataTypes.FloatType), false));
    fields.add(DataTypes.createStructField("trust", DataTypes.FloatType, true));
    List<Row> rows =
        IntStream.range(0, COUNT)
            .mapToObj(
                i ->
                    RowFactory.create(
                        PictureBytes.png(job.images, i),
                        List.of("cat", "dog", "bird").get(job.images.labels()[i]),
                        has(i, 0),
                        (byte) (has(i, 1) ? 1 : 0),
                        new BigDecimal(has(i, 2) ? "1" : "0.25"),
                        (double) number(i, 0),
                        (double) number(i, 1),
                        (double) number(i, 2),
                        List.of(number(i, 0), number(i, 1), number(i, 2)),
                        weight(i)))
            .toList();
    try (SparkSession session = SparkSession.builder().master("local[1]").getOrCreate()) {
      for (int part = 0; part < 2; part++) {
        session
            .createDataFrame(
                rows.subList(part * COUNT / 2, (part + 1) * COUNT / 2),
                new StructType(fields.toArray(StructField[]::new)))
            .coalesce(1)
            .write()
            .mode(SaveMode.Append)
            .parquet(job.path("table" + part));
      }
    }
  }

  private String csv(String columns) {
    return source("format: images, path: " + job.path("pictures") + ", list: list.csv", columns);
  }

  private String json(String columns) {
    return source("format: images, path: " + job.path("pictures") + ", list: list.jsonl", columns);
  }

  private String parquet(String columns) {
    String paths = "[" + job.path("table0") + ", " + job.path("table1") + "]";
    return source("format: parquet, path: " + paths, columns);
  }

  private String source(String start, String columns) {
    return "{" + start.replace("list: ", "list: " + folder + "/") + ", " + columns + "}";
  }

  private CommandRun train(String source, String... assignments) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "train",
                    job.file.toString(),
                    "--set",
                    "data.train=" + source,
                    "--set",
                    "data.test=" + source),
                Arrays.stream(assignments).flatMap(each -> Stream.of("--set", each)))
            .toArray(String[]::new);
    return CommandRun.of(all);
  }

  /** The parameters of all rounds and the data's fingerprint. */
  private List<String> trained(String source, String... assignments) throws IOException {
    CommandRun run = train(source, assignments);
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    return outcome();
  }

  private List<String> outcome() throws IOException {
    List<String> outcome = new ArrayList<>();
    for (JsonNode line : metrics()) {
      outcome.add(line.path("weightsSha256").asText());
      outcome.add(line.path("testLoss").asText());
      outcome.add(line.path("loss").asText());
    }
    JsonNode model = new ObjectMapper().readTree(folder.resolve("run/model/model.json").toFile());
    outcome.add(model.at("/provenance/trainingData").asText());
    try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    }
    return outcome;
  }

  private List<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void numbersTrainToTheSameBitsWhateverTheyLieIn() throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(COUNT * 3 * Float.BYTES);
    for (int i = 0; i < COUNT * 3; i++) {
      numbers.putFloat(number(i / 3, i % 3));
    }
    Files.write(folder.resolve("labels"), IdxBytes.of(numbers.array(), 0xD02, COUNT, 3));
    String idx =
        "{format: idx, images: " + job.path("images") + ", labels: " + job.path("labels") + "}";
    List<String> expected = trained(idx, SQUARED);
    writeParquet();
    for (String source :
        List.of(
            csv("target: [x, y, z]"),
            json("target: vector"),
            parquet("target: [x, y, z]"),
            parquet("target: [vector]"))) {
      assertEquals(expected, trained(source, SQUARED), source);
    }
  }

  @Test
  void weightsTrainToTheSameBitsWhereverTheyLieAndContributionsAreSummed() throws IOException {
    writeParquet();
    for (String averaging : List.of("parameters", "gradients")) {
      String[] how = {
        SQUARED,
        "distribution.averaging=" + averaging,
        "distribution.averagingFrequency=" + (averaging.equals("gradients") ? 1 : 2)
      };
      List<String> plain = trained(csv("target: [x, y, z]"), how);
      List<String> expected = trained(csv("target: [x, y, z]" + WEIGHED), how);
      assertNotEquals(plain.get(0), expected.get(0), "weights");
      assertNotEquals(plain.get(plain.size() - 1), expected.get(plain.size() - 1), "fingerprints");
      assertEquals(plain, trained(csv("target: [x, y, z], weight: one"), how));
      assertEquals(expected, trained(json("target: vector" + WEIGHED), how));
      assertEquals(expected, trained(parquet("target: vector" + WEIGHED), how));
      String[] sharded = Arrays.copyOf(how, 4);
      sharded[3] = "distribution.reduction=sharded";
      assertEquals(expected, trained(csv("target: [x, y, z]" + WEIGHED), sharded));
      sharded[3] = "data.cache=encoded";
      assertEquals(expected, trained(csv("target: [x, y, z]" + WEIGHED), sharded));
    }
    assertEquals(
        trained(csv("label: kind" + WEIGHED)),
        trained(parquet("label: kind" + WEIGHED)),
        "classes");
  }

  @Test
  void labelsNameWhatTheModelTells() throws IOException {
    writeParquet();
    String[] how = {BINARY, "data.classes="};
    List<String> ofCsv = trained(csv("labels: [sunny, people, dark]"), how);
    assertEquals(ofCsv, trained(parquet("labels: [sunny, people, dark]"), how));
    CommandRun run = train(csv("labels: [sunny, people, dark]" + WEIGHED), how);
    assertEquals(List.of(), run.err());
    Model model = ModelFolder.read(new LocalFiles(), job.path("run/model"));
    assertEquals(Task.MULTI_LABEL, model.task());
    assertEquals(List.of("sunny", "people", "dark"), model.classNames());
    double all = IntStream.range(0, COUNT).mapToDouble(TargetColumnsIT::weight).sum();
    String weighing = ", on 40 images, which weigh " + (int) all;
    assertEquals(all, (int) all);
    assertTrue(
        run.out().stream().anyMatch(line -> line.endsWith(weighing)), String.join("\n", run.out()));
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            job.path("run"),
            "--data",
            parquet("labels: [sunny, people, dark]" + WEIGHED));
    assertEquals(List.of(), evaluated.err());
    assertTrue(run.out().contains(evaluated.out().get(0)), evaluated.out().get(0));
    CommandRun alike =
        CommandRun.of("evaluate", job.path("run"), "--data", csv("labels: [sunny, people, dark]"));
    assertTrue(alike.out().get(0).endsWith(", on 40 images"), alike.out().get(0));
  }

  @Test
  void oneNumberIsPredictedByItsName() throws IOException {
    String[] how = {SQUARED, "data.classes=", "network.layers[4].dense.units=1"};
    CommandRun run = train(csv("target: y" + WEIGHED), how);
    assertEquals(List.of(), run.err());
    Model model = ModelFolder.read(new LocalFiles(), job.path("run/model"));
    assertEquals(List.of("y"), model.classNames());
    assertEquals(Task.REGRESSION, model.task());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label: kind, labels: [sunny] | SET: data.train.labels must be absent where label is given",
        "labels: [sunny], target: x | SET: data.train.target must be absent where labels is given",
        "labels: [sunny, people] | DIR/list.csv: label must name a column of classes for softmaxCrossEntropy, but labels names sunny, people",
        "label: kind, weight: nothing | DIR/list.csv: must have what weight names, nothing, but has the columns path, kind,",
        "label: kind, weight: kind | SET: data.train.weight must be another column than those of the target, but is kind",
        "label: kind, weight: x | DIR/pictures/0000.png: x must be a finite number of at least 0, but is -2.5; and 16 more are bad"
      })
  void columnsThatDoNotSuitAreRefusedInALine(String columns, String message) {
    assertRefused(csv(columns), message);
  }

  private void assertRefused(String source, String message, String... assignments) {
    CommandRun run = train(source, assignments);
    assertEquals(1, run.err().size(), String.join("\n", run.err()));
    String expected =
        "convoy: "
            + message
                .replace("DIR", folder.toString())
                .replace("SET", "--set data.train=" + source);
    assertTrue(run.err().get(0).startsWith(expected), run.err().get(0));
    assertEquals(2, run.status());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void parquetColumnsThatDoNotSuitAreRefusedInALine() throws IOException {
    writeParquet();
    String table = "[" + job.path("table0") + ", " + job.path("table1") + "]";
    String who = job.path("table0") + " and 1 more: column ";
    assertRefused(parquet("label: kind, weight: kind2"), job.path("table0") + "/part-");
    assertRefused(parquet("label: kind, weight: sunny"), who + "sunny must be of numbers, but is");
    assertRefused(
        parquet("labels: [sunny, x, kind]"),
        who + "kind must be of booleans or numbers, but is string",
        BINARY);
    assertRefused(
        parquet("target: kind"), who + "kind must be of numbers or arrays of numbers", SQUARED);
    assertRefused(
        parquet("target: [x, vector, y]"), who + "vector must be of numbers, but is", SQUARED);
    assertRefused(parquet("label: x"), "DIR/table0/part-", "data.classes=");
    assertTrue(table.contains("table1"));
  }

  @Test
  void valuesThatDoNotSuitMakeRecordsBad() throws IOException {
    String[] skips = {
      SQUARED, "data.onBadRecord={skip: {share: 0.9}}", "distribution.averagingFrequency=1"
    };
    CommandRun run = train(csv("target: [y, z, trust], weight: x"), skips);
    assertEquals(0, run.status(), String.join("\n", run.err()));
    long bad = IntStream.range(0, COUNT).filter(i -> number(i, 0) < 0).count();
    assertEquals(2 * bad, Files.readAllLines(folder.resolve("run/bad-records.jsonl")).size());
    Files.writeString(
        folder.resolve("list.jsonl"),
        lines("", i -> "{\"path\": \"" + name(i) + "\", \"trust\": 0, \"vector\": [1, 2, 3]}"));
    outcome();
    assertRefused(
        json("target: vector" + WEIGHED),
        "The data must hold one image of a weight above 0 at least, but each weighs 0",
        SQUARED);
    assertRefused(
        json("target: vector"),
        "DIR/pictures/0000.png: target vectors must have as many values as the network has outputs,"
            + " 2, but column vector has 3; and 39 more are bad",
        SQUARED,
        "data.classes=",
        "network.layers[4].dense.units=2");
  }

  @Test
  void foldersHaveNoColumnsAndPacksNoWeights() throws IOException {
    assertRefused(
        "{format: images, path: " + job.path("pictures") + ", weight: trust}",
        "SET: data.train.weight must name a column of a list, which pictures in folders of"
            + " their classes have not, but is trust");
    CommandRun run =
        CommandRun.of("pack", csv("label: kind" + WEIGHED), "--output", job.path("pack"));
    assertEquals(
        List.of(
            "convoy: "
                + job.path("list.csv")
                + ": a pack holds classes alone, but weight names trust"),
        run.err());
    assertEquals(2, run.status());
    CommandRun packed = CommandRun.of("pack", csv("label: kind"), "--output", job.path("pack"));
    assertEquals(0, packed.status(), String.join("\n", packed.err()));
  }
}
