package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.model.ModelFolder;
import dev.convoy.run.OutputLock;
import dev.convoy.run.RunListener;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed goes on from its checkpoints, and ends as if nothing had been. */
class ResumeCommandIT {
  private static final int EPOCHS = 30;

  @TempDir private Path folder;
  private SmallJob job;
  private RunFolder run;

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

  /** Three rounds an epoch, and a checkpoint after each. */
  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
    run = new RunFolder(folder.resolve("run"));
    Files.writeString(job.file, job.text() + "checkpoint: {everyRounds: 1, keep: 4}\n");
  }

  private CommandRun command(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("train", job.file.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private CommandRun train(String... arguments) {
    CommandRun done = command(arguments);
    assertEquals(List.of(), done.err());
    assertEquals(0, done.status());
    return done;
  }

  /** The same in another folder, from the first round to the last. */
  private RunFolder undisturbed(String... arguments) {
    Path other = folder.resolve("undisturbed");
    train(
        Stream.concat(Stream.of(arguments), Stream.of("--output", other.toString()))
            .toArray(String[]::new));
    return new RunFolder(other);
  }

  private static void assertSame(RunFolder expected, RunFolder actual) throws IOException {
    List<JsonNode> metrics = actual.metrics();
    assertEquals(expected.metrics(), metrics);
    assertEquals(expected.model(), actual.model());
  }

  private void assertTold(CommandRun done, String line) {
    assertTrue(
        done.out().contains(line.replace("RUN", run.folder().toString())),
        () -> line + "\n" + String.join("\n", done.out()));
  }

  /** Expects this line, and no file touched. */
  private void assertRefused(String message, String... arguments) throws IOException {
    Map<String, String> before = FolderContent.of(folder);
    CommandRun refused = command(arguments);
    assertEquals(
        List.of("convoy: " + message.replace("RUN", run.folder().toString())), refused.err());
    assertEquals(2, refused.status());
    assertEquals(before, FolderContent.of(folder), "files must stay as they were");
  }

  @Test
  void killedAgainAndAgainATrainingEndsInTheSameBits() throws Exception {
    String text =
        Files.readString(job.file)
            .replace("    - relu\n", "    - batchNorm2d\n    - relu\n")
            .replace("    - flatten\n", "    - flatten\n    - dropout: {rate: 0.2}\n")
            .replace("{learningRate: 0.05}", "{learningRate: 0.1, momentum: 0.9}")
            .replace(
                "  batchSize: 4\n",
                """
                  batchSize: 4
                  schedule: {reduceOnPlateau: {patience: 1, factor: 0.5}}
                  earlyStopping: {patience: 29}
                """)
            .replace("epochs: 2", "epochs: " + EPOCHS);
    Files.writeString(job.file, text);
    RandomSource random = new RandomSource("kills");
    int after = 0;
    for (int kill = 1; kill <= 3; kill++) {
      int round = after + 1 + random.nextInt(15);
      try (LoggedProcess process =
          ConvoyProcess.start(
              folder.resolve("log" + kill), "train", job.file.toString(), "--resume")) {
        process.await(() -> run.checkpoints().stream().anyMatch(r -> r >= round));
        process.kill();
        assertTrue(
            process.log().contains(kill == 1 ? "holds no checkpoint" : "Going on from "),
            process::log);
      }
      List<Integer> left = run.checkpoints();
      // Each kill may have come between a new checkpoint and the removal of the oldest.
      assertTrue(left.size() <= 4 + kill, left::toString);
      after = left.get(left.size() - 1);
      assertTrue(Files.exists(run.folder().resolve("run.lock")));
    }
    CommandRun end = train("--resume");
    assertTrue(
        end.out().stream().anyMatch(line -> line.endsWith("which is gone: taking it over")),
        () -> String.join("\n", end.out()));
    assertSame(undisturbed(), run);
    assertFalse(Files.exists(run.folder().resolve("run.lock")));
  }

  @Test
  void damagedCheckpointsAreRecognisedAndTheOneBeforeIsTaken() throws IOException {
    train();
    assertEquals(List.of(3, 4, 5, 6), run.checkpoints());
    Path weights = run.checkpoint(6).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    Path state = run.checkpoint(5).resolve("checkpoint.json");
    byte[] flipped = Files.readAllBytes(state);
    flipped[flipped.length / 2] ^= 1;
    Files.write(state, flipped);
    for (String name : List.of("SHA256SUMS", "checkpoint.json")) {
      Files.delete(run.checkpoint(4).resolve(name));
    }
    CommandRun resumed = train("--resume");
    String taken = "; the one before it is taken";
    String sums = " is not what SHA256SUMS says" + taken;
    assertTold(resumed, "RUN/checkpoints/round-00000006 is damaged: weights.safetensors" + sums);
    assertTold(resumed, "RUN/checkpoints/round-00000005 is damaged: checkpoint.json" + sums);
    assertTold(
        resumed,
        "RUN/checkpoints/round-00000004 is damaged: RUN/checkpoints/round-00000004/SHA256SUMS:"
                .replace("RUN", run.folder().toString())
            + " file not found"
            + taken);
    assertTold(
        resumed,
        "Going on from RUN/checkpoints/round-00000003: round 3 is done, 0 of the 3 rounds of epoch"
            + " 2");
    assertSame(undisturbed(), run);
    assertEquals(List.of(3, 4, 5, 6), run.checkpoints());
  }

  @Test
  void whereAllAreDamagedNothingIsTouched() throws IOException {
    train("--set", "checkpoint.keep=1");
    Files.write(run.checkpoint(6).resolve("state.safetensors"), new byte[0]);
    assertRefused(
        "RUN: there must be a checkpoint that is whole, but of 1 there is none;"
            + " RUN/checkpoints/round-00000006 is damaged: state.safetensors is not what SHA256SUMS"
                .replace("RUN", run.folder().toString())
            + " says; --overwrite starts anew",
        "--resume");
    assertRefused(
        "RUN: the output folder must hold no run, but holds metrics.jsonl; --resume goes on with"
            + " it, --overwrite replaces it");
    assertRefused(
        "--resume keeps a run that --overwrite replaces: use one", "--resume", "--overwrite");
  }

  @Test
  void aFinishedTrainingGoesOnForMoreEpochs() throws IOException {
    train();
    train("--resume", "--set", "training.epochs=4", "--set", "name=longer");
    RunFolder expected = undisturbed("--set", "training.epochs=4", "--set", "name=longer");
    assertSame(expected, run);
    assertRefused(
        "RUN/checkpoints/round-00000012: the job must be the one of the checkpoint in all that the"
            + " weights depend on, but differs: training.epochs 4 -> 3, of which 4 are done or begun",
        "--resume",
        "--set",
        "training.epochs=3");
  }

  @Test
  void aJobThatGivesOtherWeightsIsRefused() throws IOException {
    train("--set", "checkpoint.keep=1", "--set", "training.schedule=cosine");
    String who =
        "RUN/checkpoints/round-00000006: the job must be the one of the checkpoint in all that the"
            + " weights depend on, but differs: ";
    String[] same = {"--resume", "--set", "training.schedule=cosine", "--set"};
    assertRefused(
        who + "network.layers[0].conv2d.filters 4 -> 5; seed 7 -> 8",
        same[0],
        same[1],
        same[2],
        same[3],
        "network.layers[0].conv2d.filters=5",
        "--set",
        "seed=8");
    assertRefused(
        who
            + "training.epochs 2 -> 3, by which training.schedule gives step 6, which is done,"
            + " another learning rate",
        same[0],
        same[1],
        same[2],
        same[3],
        "training.epochs=3");
    byte[] labels = Files.readAllBytes(folder.resolve("labels"));
    labels[20] = (byte) ((labels[20] + 1) % 3);
    Files.write(folder.resolve("labels"), labels);
    CommandRun refused = command(same[0], same[1], same[2]);
    assertEquals(2, refused.status());
    assertTrue(
        refused
            .err()
            .get(0)
            .matches(".*differs: the images of data.train \\w{12} -> \\w{12}; the images.*"),
        refused.err().toString());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    train("--set", "checkpoint.keep=1");
    Path json = run.checkpoint(6).resolve("checkpoint.json");
    Path sums = run.checkpoint(6).resolve("SHA256SUMS");
    String before = Files.readString(json);
    String after = before.replace("\"formatVersion\": 1", "\"formatVersion\": 9");
    Files.writeString(json, after);
    Files.writeString(sums, Files.readString(sums).replace(Sha256.of(before), Sha256.of(after)));
    assertRefused(
        "RUN/checkpoints/round-00000006/checkpoint.json: formatVersion must be 1, but is 9: a newer"
            + " Convoy wrote it",
        "--resume");
  }

  @Test
  void aFolderThatIsInUseIsRefused() throws IOException {
    train("--set", "checkpoint.keep=1");
    try (OutputLock lock =
        OutputLock.take(
            new HadoopFiles(new Configuration()), run.folder().toString(), RunListener.NONE)) {
      lock.look();
      for (String use : List.of("--resume", "--overwrite")) {
        CommandRun refused = command(use);
        assertEquals(2, refused.status());
        assertEquals(List.of(), refused.out());
        assertTrue(
            refused
                .err()
                .get(0)
                .startsWith(
                    "convoy: "
                        + run.folder()
                        + ": the output folder must be used by no other run, but is in use by"
                        + " process "),
            refused.err().toString());
      }
    }
  }

  @Test
  void withoutACheckpointItStartsFromTheBeginning() throws IOException {
    Files.createDirectories(run.folder().resolve("checkpoints"));
    CommandRun first = train("--resume", "--set", "checkpoint.everyRounds=0");
    assertTold(first, "RUN holds no checkpoint: starting from the beginning");
    assertEquals(List.of(), run.checkpoints());
    assertRefused(
        "RUN: there must be a checkpoint to resume from, but there is a model alone; --overwrite"
            + " replaces it",
        "--resume");
  }

  @Test
  void theWeightsOfACheckpointStartAnotherTraining() throws IOException {
    train();
    Path second = folder.resolve("second");
    train(
        "--output",
        second.toString(),
        "--set",
        "training.initialWeights=" + run.checkpoint(6),
        "--set",
        "training.epochs=1",
        "--set",
        "training.optimizer.sgd.learningRate=1e-30");
    float[] from = weights(run.folder());
    float[] to = weights(second);
    assertArrayEquals(from, to, 1e-20f);
  }

  private static float[] weights(Path folder) throws IOException {
    return ModelFolder.read(new LocalFiles(), folder.resolve("model").toString()).parameters();
  }

  @Test
  void whereAValueIsNotFiniteTheLastGoodCheckpointStays() throws IOException {
    // Parameters are multiplied by -29 in each step; the first rounds go well.
    CommandRun failed =
        command(
            "--set",
            "training.epochs=60",
            "--set",
            "training.optimizer={sgd: {learningRate: 0.001, weightDecay: 30000}}");
    assertEquals(1, failed.status(), () -> String.join("\n", failed.out()));
    List<Integer> left = run.checkpoints();
    int last = left.get(left.size() - 1);
    String line = failed.err().get(0);
    assertEquals(1, failed.err().size(), failed.err().toString());
    assertTrue(line.contains("A value is not finite in round " + (last + 1) + " "), line);
    assertTrue(
        line.endsWith(
            "; the weights before it are in "
                + run.checkpoint(last)
                + ": another run can start from them, as training.initialWeights"),
        line);
  }

  @Test
  void aReadOnlyOutputIsRefused() throws IOException {
    // Nobody may write there, not even root.
    Path readOnly = Path.of("/sys/convoy/run");
    assumeTrue(Files.isDirectory(Path.of("/sys")));
    CommandRun refused = command("--output", readOnly.toString());
    assertEquals(2, refused.status());
    assertEquals(1, refused.err().size(), refused.err().toString());
    String line = refused.err().get(0);
    assertTrue(
        line.startsWith(
            "convoy: "
                + readOnly
                + ": the output folder can't be written: the folder can't be made: "),
        line);
  }
}
