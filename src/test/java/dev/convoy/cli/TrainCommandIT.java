package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.nn.Fingerprint;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real Spark, from the job to the files and back. */
class TrainCommandIT {
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

  private CommandRun train(String... arguments) {
    String[] all =
        Stream.concat(Stream.of("train", job.file.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(all);
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    return run;
  }

  private List<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private Model model() throws IOException {
    return ModelFolder.read(new LocalFiles(), job.path("run/model"));
  }

  @Test
  void aTrainingLeavesAModelAndMetrics() throws IOException {
    CommandRun run = train();
    assertEquals(
        List.of(
            "checkpoints/round-00000006/SHA256SUMS",
            "checkpoints/round-00000006/checkpoint.json",
            "checkpoints/round-00000006/state.safetensors",
            "checkpoints/round-00000006/weights.safetensors",
            "metrics.jsonl",
            "model/model.json",
            "model/weights.safetensors"),
        FolderContent.files(folder.resolve("run")));
    // 40 examples, 2 workers, batch 4: 5 steps an epoch, 3 rounds of up to 2.
    List<JsonNode> metrics = metrics();
    assertEquals(
        "round round round epoch round round round epoch summary",
        String.join(" ", metrics.stream().map(line -> line.get("type").asText()).toList()));
    JsonNode summary = metrics.get(8);
    assertEquals(6, summary.get("rounds").asInt());
    assertFalse(summary.get("stopped").asBoolean());
    assertEquals(40, metrics.stream().limit(3).mapToInt(l -> l.get("examples").asInt()).sum());
    String hash = Fingerprint.sha256(model().parameters());
    assertEquals(hash, summary.get("weightsSha256").asText());
    assertEquals(hash, metrics.get(6).get("weightsSha256").asText());
    assertEquals(hash, model().provenance().weightsSha256());
    assertEquals(List.of("cat", "dog", "bird"), model().classNames());
    assertTrue(
        run.out().stream().anyMatch(line -> line.startsWith("Test accuracy 0.")),
        String.join("\n", run.out()));
    assertTrue(run.out().contains("Model:    " + job.path("run/model")));
  }

  @Test
  void aTrainingSaysWhatItsTimeWentInto() throws IOException {
    CommandRun run = train();
    for (JsonNode line : metrics()) {
      double sum =
          line.get("computeSeconds").asDouble()
              + line.get("waitSeconds").asDouble()
              + line.get("averageSeconds").asDouble();
      boolean whole = line.get("type").asText().equals("summary");
      assertEquals(line.get(whole ? "trainSeconds" : "seconds").asDouble(), sum, line::toString);
      assertTrue(line.get("computeSeconds").asDouble() > 0, line::toString);
      assertTrue(line.get("waitSeconds").asDouble() > 0, line::toString);
      assertTrue(line.get("averageSeconds").asDouble() > 0, line::toString);
    }
    // Rounds of a fraction of a millisecond: nearly all is Spark's, and the hint comes.
    String expected =
        "Time: computing \\d+\\.\\d%, waiting for Spark \\d+\\.\\d%, averaging \\d+\\.\\d%\\."
            + " A larger distribution\\.averagingFrequency makes more of it computing\\.";
    assertTrue(
        run.out().stream().anyMatch(line -> line.matches(expected)), String.join("\n", run.out()));
  }

  @Test
  void theSameJobGivesTheSameWeightsAndOverwritesIfAsked() throws IOException {
    train("--set", "training.epochs=1");
    float[] first = model().parameters();
    CommandRun refused = CommandRun.of("train", job.file.toString());
    assertEquals(2, refused.status());
    train("--overwrite", "--set", "training.epochs=1");
    assertArrayEquals(first, model().parameters());
    train("--overwrite", "--set", "training.epochs=1", "--set", "seed=8");
    assertFalse(java.util.Arrays.equals(first, model().parameters()));
  }

  @Test
  void evaluateAgreesWithTheTraining() throws IOException {
    train();
    JsonNode summary = metrics().get(8);
    String expected =
        "Test accuracy %.4f, loss %.4f, on 40 images"
            .formatted(summary.get("testAccuracy").asDouble(), summary.get("testLoss").asDouble());
    CommandRun byJob = CommandRun.of("evaluate", job.path("run"), "--job", job.file.toString());
    assertEquals(0, byJob.status());
    assertEquals(expected, byJob.out().get(0));
    CommandRun byFiles =
        CommandRun.of(
            "evaluate",
            job.path("run/model"),
            "--images",
            job.path("images"),
            "--labels",
            job.path("labels"));
    assertEquals(byJob.out(), byFiles.out());
  }

  @Test
  void aTrainingStartsFromTheWeightsOfAnother() throws IOException {
    train();
    float[] first = model().parameters();
    String[] still = {"--set", "training.optimizer.sgd.learningRate=1e-30", "--overwrite"};
    for (String from : List.of("run", "run/model", "run/model/weights.safetensors")) {
      train(still[0], still[1], still[2], "--set", "training.initialWeights=" + job.path(from));
      assertArrayEquals(first, model().parameters(), 1e-20f, from);
    }
  }

  @Test
  void withoutTestDataThereIsNoEvaluation() throws IOException {
    CommandRun run = train("--set", "data.test=");
    assertTrue(metrics().get(8).get("testAccuracy").isNull());
    assertFalse(run.out().stream().anyMatch(line -> line.startsWith("Test accuracy")));
  }

  @Test
  void earlyStoppingSavesTheBestWeights() throws IOException {
    CommandRun run =
        train(
            "--set",
            "training.epochs=60",
            "--set",
            "training.optimizer={adamw: {learningRate: 0.5}}",
            "--set",
            "training.schedule={reduceOnPlateau: {patience: 3}}",
            "--set",
            "training.clip={norm: 1}",
            "--set",
            "training.earlyStopping={patience: 2}");
    List<JsonNode> metrics = metrics();
    JsonNode summary = metrics.get(metrics.size() - 1);
    List<JsonNode> epochs =
        metrics.stream().filter(line -> line.get("type").asText().equals("epoch")).toList();
    int best = summary.get("bestEpoch").asInt();
    assertTrue(summary.get("stoppedEarly").asBoolean());
    assertFalse(summary.get("stopped").asBoolean());
    assertEquals(best + 2, epochs.size());
    assertEquals(epochs.get(best - 1).get("testLoss"), summary.get("testLoss"));
    String hash = Fingerprint.sha256(model().parameters());
    assertEquals(hash, summary.get("weightsSha256").asText());
    // Three rounds an epoch, and the epoch's own line.
    assertEquals(hash, metrics.get(4 * best - 2).get("weightsSha256").asText());
    String kept =
        "Kept the weights of epoch %d: test loss %.4f, accuracy %.4f."
            .formatted(
                best, summary.get("testLoss").asDouble(), summary.get("testAccuracy").asDouble());
    assertTrue(run.out().contains(kept), String.join("\n", run.out()));
    CommandRun again = CommandRun.of("evaluate", job.path("run"), "--job", job.file.toString());
    assertEquals(
        "Test accuracy %.4f, loss %.4f, on 40 images"
            .formatted(summary.get("testAccuracy").asDouble(), summary.get("testLoss").asDouble()),
        again.out().get(0));
  }

  @Test
  void anInterruptedTrainingSavesWhatIsDone() throws Exception {
    try (LoggedProcess process =
        ConvoyProcess.start(
            folder.resolve("log"),
            "train",
            job.file.toString(),
            "--set",
            "training.epochs=1000000")) {
      Path metrics = folder.resolve("run/metrics.jsonl");
      process.await(() -> Files.exists(metrics) && Files.size(metrics) > 0);
      process.interrupt();
      assertEquals(130, process.exitStatus(), process::log);
      assertTrue(process.log().contains("Stopping after this round"), process::log);
      assertTrue(process.log().contains("Add --resume to the command, and it"), process::log);
    }
    List<JsonNode> lines = metrics();
    JsonNode summary = lines.get(lines.size() - 1);
    assertTrue(summary.get("stopped").asBoolean());
    assertEquals(Fingerprint.sha256(model().parameters()), summary.get("weightsSha256").asText());
    int rounds = summary.get("rounds").asInt();
    assertTrue(
        Files.exists(folder.resolve("run/checkpoints/round-%08d".formatted(rounds))),
        "a checkpoint of the last round");
    // Fewer epochs than the job had are fine, as long as they are more than were begun.
    String[] shorter = {"--set", "training.epochs=" + (rounds / 3 + 2)};
    train("--resume", shorter[0], shorter[1]);
    float[] resumed = model().parameters();
    train("--overwrite", shorter[0], shorter[1]);
    assertArrayEquals(model().parameters(), resumed);
  }
}
