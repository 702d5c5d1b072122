package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the training data decide: normalisation, weights of classes, repeated images. */
class BalanceIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = unequal();

  private static final String JOB =
      """
      name: balance
      seed: 7
      data:
        train: {format: images, path: FOLDER/pictures}
        test: {format: images, path: FOLDER/pictures}
      network:
        input: [3, 16, 16]
        layers:
          - conv2d: {filters: 4, kernel: 3, stride: 2}
          - relu
          - flatten
          - dense: {units: 3}
      training: {epochs: 2, batchSize: 4, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  @TempDir private static Path folder;
  private static Path job;

  @BeforeAll
  static void writePictures() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    Files.write(folder.resolve("images"), IdxBytes.images(ALL));
    Files.write(folder.resolve("labels"), IdxBytes.labels(ALL));
    job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("FOLDER", folder.toString()));
    CommandRun pack =
        CommandRun.of("pack", path("pictures"), "--output", path("pack"), "--shards", "3");
    assertEquals(0, pack.status(), pack::toString);
  }

  @AfterAll
  static void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void automaticNormalisationIsThatOfItsNumbersAndOfThePack() throws IOException {
    List<String> out = train("auto", "data.normalize=auto");
    JsonNode normalize = json("auto/model/model.json").get("normalize");
    String mean = normalize.get("mean").toString();
    String std = normalize.get("std").toString();
    assertTrue(out.stream().anyMatch(l -> l.startsWith("Normalized by the training data: mean [")));
    train("given", "data.normalize={mean: " + mean + ", std: " + std + "}");
    assertEquals(bits("given"), bits("auto"));
    JsonNode pack = json("pack/pack.json");
    assertEquals(mean, pack.get("mean").toString());
    assertEquals(std, pack.get("deviation").toString());
    train("idx", "data.normalize=auto", "data.train=" + idx(), "data.test=");
    assertEquals(normalize, json("idx/model/model.json").get("normalize"));
    // Evaluation goes by the numbers, whatever the data.
    CommandRun run = CommandRun.of("evaluate", path("auto"), "--job", job.toString());
    assertEquals(0, run.status(), run::toString);
  }

  @Test
  void balancedWeightsAreThoseThatCountClassesAlike() throws IOException {
    List<String> out = train("weights", "data.balance=weights");
    // 30 images of 3 classes: of 20, 8 and 2.
    assertTrue(out.contains("Weights of the classes: [0.5, 1.25, 5.0]."), out::toString);
    assertTrue(out.contains("bird         20    20"), out::toString);
    train("given", "training.loss={softmaxCrossEntropy: {classWeights: [0.5, 1.25, 5.0]}}");
    assertEquals(bits("given"), bits("weights"));
  }

  @Test
  void oversamplingUsesEveryClassAsOftenAndIsTheSameFromAPack() throws IOException {
    List<String> out = train("oversample", "data.balance=oversample");
    assertTrue(out.contains("Oversampling makes 60 examples of 30 images."), out::toString);
    int examples = 0;
    for (String line : Files.readAllLines(folder.resolve("oversample/metrics.jsonl"))) {
      JsonNode node = JsonMapper.builder().build().readTree(line);
      examples += node.get("type").asText().equals("round") ? node.get("examples").asInt() : 0;
    }
    assertEquals(2 * 60, examples);
    train(
        "packed",
        "data.balance=oversample",
        "data.train={format: pack, path: " + path("pack") + "}");
    assertEquals(bits("oversample"), bits("packed"));
    train("idx", "data.balance=oversample", "data.train=" + idx(), "data.test=");
    assertEquals(bits("oversample"), bits("idx"));
  }

  @Test
  void whatCannotBeBalancedIsRefused() {
    refused(
        "data.balance must be absent where training.loss has classWeights",
        "data.balance=weights",
        "training.loss={softmaxCrossEntropy: {classWeights: [1, 1, 1]}}");
    refused(
        "data.balance must be oversample, or absent, for binaryCrossEntropy",
        "data.balance=weights",
        "training.loss=binaryCrossEntropy");
    refused("data.balance needs one of weights, oversample", "data.balance=much");
    refused("data.normalize needs auto, or keys (mean, std)", "data.normalize=automatic");
  }

  private static String idx() {
    return "{format: idx, images: %s, labels: %s}".formatted(path("images"), path("labels"));
  }

  private static void refused(String why, String... changes) {
    CommandRun run = run("refused", changes);
    assertEquals(2, run.status(), run::toString);
    assertTrue(run.err().size() == 1 && run.err().get(0).contains(why), run::toString);
  }

  private static List<String> train(String output, String... changes) {
    CommandRun run = run(output, changes);
    assertEquals(0, run.status(), run::toString);
    return run.out();
  }

  private static CommandRun run(String output, String... changes) {
    List<String> command =
        new ArrayList<>(List.of("train", job.toString(), "--overwrite", "--output", path(output)));
    Arrays.stream(changes).forEach(change -> command.addAll(List.of("--set", change)));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private static String bits(String output) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(output + "/metrics.jsonl"));
    String last = lines.get(lines.size() - 1);
    return JsonMapper.builder().build().readTree(last).get("weightsSha256").asText();
  }

  private static JsonNode json(String name) throws IOException {
    return JsonMapper.builder().build().readTree(folder.resolve(name).toFile());
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  /** 20, 8 and 2, in the order of folders. */
  private static ImageBlock unequal() {
    ImageBlock all = SampleImages.random(30, Shape.of(3, 16, 16), 3, 5);
    for (int i = 0; i < all.size(); i++) {
      all.labels()[i] = i < 20 ? 0 : i < 28 ? 1 : 2;
    }
    return all;
  }
}
