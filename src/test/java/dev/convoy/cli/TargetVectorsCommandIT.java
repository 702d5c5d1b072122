package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LocalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on labels that are vectors, from the job to predictions, and what is refused. */
class TargetVectorsCommandIT {
  private static final int COUNT = 40;
  private static final String BINARY = "training.loss=binaryCrossEntropy";
  private static final String SQUARED = "training.loss=meanSquaredError";

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
  void writeJob() throws IOException {
    job = new SmallJob(folder);
  }

  private void writeLabels() throws IOException {
    byte[] labels = new byte[COUNT * 3];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i * i % 5 % 2);
    }
    Files.write(folder.resolve("labels"), IdxBytes.of(labels, 0x802, COUNT, 3));
  }

  private void writeNumbers() throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(COUNT * 3 * Float.BYTES);
    for (int i = 0; i < COUNT * 3; i++) {
      numbers.putFloat(i % 7 - 2.5f);
    }
    Files.write(
        folder.resolve("labels"), IdxBytes.gzip(IdxBytes.of(numbers.array(), 0xD02, COUNT, 3)));
  }

  private CommandRun run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    return run;
  }

  private CommandRun train(String loss) {
    return run("train", job.file.toString(), "--set", loss);
  }

  private CommandRun evaluate() {
    return run("evaluate", job.path("run"), "--job", job.file.toString());
  }

  private List<JsonNode> predict() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run("predict", job.path("run"), job.path("images")).out()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private List<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void severalLabelsAnImageFromTrainingToPrediction() throws IOException {
    writeLabels();
    CommandRun trained = train("training.loss={binaryCrossEntropy: {positiveWeights: [1, 2, 3]}}");
    JsonNode summary = metrics().get(8);
    String expected =
        "Test accuracy %.4f of the labels, loss %.4f, on 40 images"
            .formatted(summary.get("testAccuracy").asDouble(), summary.get("testLoss").asDouble());
    assertTrue(trained.out().contains(expected), String.join("\n", trained.out()));
    Model model = ModelFolder.read(new LocalFiles(), job.path("run/model"));
    assertEquals(Task.MULTI_LABEL, model.task());
    assertEquals(new BinaryCrossEntropy(new float[] {1, 2, 3}), model.loss());
    List<String> evaluated = evaluate().out();
    assertEquals(expected, evaluated.get(0));
    assertEquals("label  precision  recall      F1  examples", evaluated.get(2));
    assertEquals(6, evaluated.size(), "no confusions");
    double right = 0;
    List<JsonNode> lines = predict();
    assertEquals(COUNT, lines.size());
    byte[] labels = Files.readAllBytes(folder.resolve("labels"));
    for (int i = 0; i < COUNT; i++) {
      List<String> named = new ArrayList<>();
      lines.get(i).get("labels").forEach(name -> named.add(name.asText()));
      for (int c = 0; c < 3; c++) {
        String name = model.classNames().get(c);
        double probability = lines.get(i).get("probabilities").get(name).asDouble();
        assertEquals(probability > 0.5, named.contains(name));
        right += probability > 0.5 == (labels[12 + i * 3 + c] == 1) ? 1 : 0;
      }
      assertFalse(lines.get(i).has("class"));
    }
    assertEquals(summary.get("testAccuracy").asDouble(), right / COUNT / 3, 1e-12);
    CommandRun explained =
        CommandRun.of("explain", job.path("run"), job.path("images"), "--output", job.path("page"));
    assertEquals(2, explained.status());
    assertEquals(
        List.of(
            "convoy: "
                + job.path("run")
                + ": the model must tell classes apart, but was trained for multi-label targets"),
        explained.err());
    assertTrue(
        run("inspect", job.path("run")).out().stream()
            .anyMatch(line -> line.matches("Task: +multi-label, by binaryCrossEntropy")));
  }

  @Test
  void numbersFromTrainingToPrediction() throws IOException {
    writeNumbers();
    CommandRun trained = train(SQUARED);
    List<JsonNode> metrics = metrics();
    assertTrue(metrics.get(0).get("accuracy").isNull());
    assertTrue(metrics.get(3).get("trainAccuracy").isNull());
    assertTrue(metrics.get(3).get("testAccuracy").isNull());
    assertTrue(metrics.get(8).get("testAccuracy").isNull());
    assertTrue(
        trained.out().stream().anyMatch(line -> line.matches(" +2/2 +[0-9.]+ +- +[0-9.]+ +- .*")),
        String.join("\n", trained.out()));
    double loss = metrics.get(8).get("testLoss").asDouble();
    String start = "Test loss %.4f, mean absolute error ".formatted(loss);
    String end = ", root mean squared error %.4f, on 40 images".formatted(Math.sqrt(loss));
    List<String> evaluated = evaluate().out();
    assertTrue(evaluated.get(0).startsWith(start) && evaluated.get(0).endsWith(end));
    assertEquals("value  mean abs. error  root mean sq. error", evaluated.get(2));
    double squares = 0;
    List<JsonNode> lines = predict();
    for (int i = 0; i < COUNT; i++) {
      JsonNode values = lines.get(i).get("values");
      for (int c = 0; c < 3; c++) {
        double error =
            values.get(List.of("cat", "dog", "bird").get(c)).asDouble() - ((i * 3 + c) % 7 - 2.5);
        squares += error * error;
      }
    }
    assertEquals(loss, squares / COUNT / 3, 1e-6 * loss);
  }

  @Test
  void classesByALossOfVectors() throws IOException {
    train(BINARY);
    assertEquals(Task.CLASSIFICATION, model("run/model").task());
    List<String> evaluated = evaluate().out();
    assertTrue(evaluated.get(0).startsWith("Test accuracy "), evaluated.get(0));
    assertEquals("class             precision  recall      F1  examples", evaluated.get(2));
    JsonNode line = predict().get(0);
    assertTrue(line.has("className"));
    assertEquals(3, line.get("probabilities").size());
  }

  private Model model(String path) throws IOException {
    return ModelFolder.read(new LocalFiles(), job.path(path));
  }

  private void refused(String message, String... arguments) throws IOException {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(List.of("convoy: " + message.replace("DIR", folder.toString())), run.err());
    assertEquals(2, run.status());
  }

  private void trainingRefused(String message, String... assignments) throws IOException {
    String[] all =
        Stream.concat(
                Stream.of("train", job.file.toString()),
                Arrays.stream(assignments).flatMap(each -> Stream.of("--set", each)))
            .toArray(String[]::new);
    refused(message, all);
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void labelsThatDoNotSuitTheLossAreRefused() throws IOException {
    writeLabels();
    trainingRefused(
        "DIR/labels: labels must be class numbers, [N], for softmaxCrossEntropy, but are vectors,"
            + " [40, 3]; binaryCrossEntropy takes several labels an image");
    writeNumbers();
    trainingRefused(
        "DIR/labels: targets must be 0 or 1 for binaryCrossEntropy, but value 0 of label 0 (both"
            + " counted from 0) is -2.5",
        BINARY);
    trainingRefused(
        "DIR/labels: target vectors must have 2 values, one an output of the network, but have 3",
        SQUARED,
        "network.layers[4].dense.units=2",
        "data.classes=");
    trainingRefused(
        "DIR/job.yaml:1: BinaryCrossEntropy.positiveWeights needs one value an output, 3, but has 1",
        "training.loss={binaryCrossEntropy: {positiveWeights: [1]}}");
  }

  @Test
  void regressionHasNoAccuracyToWatch() throws IOException {
    writeNumbers();
    trainingRefused(
        "DIR/job.yaml: training.earlyStopping.metric must be testLoss in regression, which has no"
            + " accuracy, but is testAccuracy",
        SQUARED,
        "training.earlyStopping={patience: 1, metric: testAccuracy}");
  }

  @Test
  void trainingAndTestLabelsOfDifferentKindsAreRefused() throws IOException {
    Files.copy(folder.resolve("labels"), folder.resolve("classes"));
    writeLabels();
    trainingRefused(
        "DIR/job.yaml: data.test must have target vectors as labels, like data.train, but has class"
            + " numbers",
        BINARY,
        "data.test.labels=" + job.path("classes"));
    trainingRefused(
        "DIR/job.yaml: data.test must have class numbers as labels, like data.train, but has target"
            + " vectors",
        BINARY,
        "data.train.labels=" + job.path("classes"));
  }

  @Test
  void aModelIsEvaluatedOnLabelsOfItsKindAlone() throws IOException {
    Files.copy(folder.resolve("labels"), folder.resolve("classes"));
    writeLabels();
    train(BINARY);
    refused(
        "DIR/classes: labels must be target vectors, [N, outputs], as the model was trained on, but"
            + " are class numbers",
        "evaluate",
        job.path("run"),
        "--images",
        job.path("images"),
        "--labels",
        job.path("classes"));
  }
}
