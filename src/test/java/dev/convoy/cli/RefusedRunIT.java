package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.run.OutputLock;
import dev.convoy.run.RunListener;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What must stop a run before it starts, on a cluster that others use too: status 2, one line, and
 * of what was there nothing is lost.
 */
class RefusedRunIT {
  @TempDir private Path folder;
  private SmallJob job;
  private RunFolder run;

  @BeforeAll
  static void chooseSpark() {
    System.setProperty("spark.master", "local[1]");
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
    run = new RunFolder(folder.resolve("run"));
  }

  private static CommandRun train(SmallJob job, String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("train", job.file.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** A finished run of six rounds, of which one checkpoint is kept. */
  private Path trainedOnce() {
    assertEquals(0, train(job, "--set", "checkpoint.keep=1").status());
    return run.checkpoint(6);
  }

  private void assertRefused(String part, String... arguments) throws IOException {
    Map<String, String> before = FolderContent.of(folder);
    CommandRun refused = train(job, arguments);
    assertEquals(2, refused.status(), refused::toString);
    assertEquals(1, refused.err().size(), refused::toString);
    String line = refused.err().get(0);
    assertTrue(line.startsWith("convoy: "), line);
    assertTrue(line.contains(part.replace("RUN", run.folder().toString())), line);
    assertFalse(line.contains("Exception"), line);
    assertEquals(before, FolderContent.of(folder), "files must stay as they were");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          distribution.workers=0 | distribution.workers must be at least 1, but was 0
          distribution.averagingFrequency=0 | distribution.averagingFrequency must be at least 1, but was 0
          distribution.averaging=weights | distribution.averaging needs one of parameters, gradients, but was 'weights'
          distribution.reduction=tree | distribution.reduction needs one of auto, driver, sharded, but was 'tree'
          checkpoint.keep=0 | checkpoint.keep must be at least 1, but was 0
          checkpoint.everyRounds=-1 | checkpoint.everyRounds must be at least 0, but was -1
          training.onNonFinite=ignore | training.onNonFinite needs one of rollback, stop, but was 'ignore'
          training.onNonFinite={rollback: {learningRateFactor: 1}} | training.onNonFinite.rollback.learningRateFactor must be above 0 and below 1, but was 1.0
          training.onNonFinite={rollback: {atMost: 0}} | training.onNonFinite.rollback.atMost must be at least 1, but was 0
          """)
  void aSettingThatCannotBe(String setting, String message) throws IOException {
    assertRefused(message, "--set", setting);
    assertFalse(Files.exists(run.folder()));
  }

  @Test
  void aTruncatedCheckpoint() throws IOException {
    Path weights = trainedOnce().resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("RUN/checkpoints/round-00000006 is damaged: ", "--resume");
    assertRefused(
        "weights.safetensors: must be a whole safetensors file, but ends early",
        "--output",
        run.folder() + "2",
        "--set",
        "training.initialWeights=" + weights);
  }

  @Test
  void aCheckpointWithAFlippedBit() throws IOException {
    Path checkpoint = trainedOnce();
    for (String name : new String[] {"weights.safetensors", "checkpoint.json", "SHA256SUMS"}) {
      Path file = checkpoint.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertRefused("RUN/checkpoints/round-00000006 is damaged: ", "--resume");
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  @Test
  void aCheckpointOfAnotherNetwork() throws IOException {
    Path checkpoint = trainedOnce();
    String filters = "network.layers[0].conv2d.filters=5";
    assertRefused("differs: network.layers[0].conv2d.filters 4 -> 5", "--resume", "--set", filters);
    assertRefused(
        "conv1.weight",
        "--output",
        run.folder() + "2",
        "--set",
        filters,
        "--set",
        "training.initialWeights=" + checkpoint);
  }

  @Test
  void anOutputFolderThatAnotherRunUses() throws IOException {
    HadoopFiles files = new HadoopFiles(new Configuration());
    Files.createDirectories(run.folder());
    String other = run.folder().toString();
    try (OutputLock lock = OutputLock.take(files, other, RunListener.NONE)) {
      lock.look();
      for (String use : new String[] {"--resume", "--overwrite", "--debug"}) {
        CommandRun refused = train(job, use);
        assertEquals(2, refused.status(), refused::toString);
        String line = refused.err().get(refused.err().size() - 1);
        assertTrue(line.startsWith("convoy: " + other + ": the output folder must be used"), line);
      }
      lock.look(); // it is still its own
    }
  }

  @Test
  void anOutputFolderThatCannotBeWritten() throws IOException {
    // Nobody may write there, not even root.
    assertRefused(
        "/sys/convoy/run: the output folder can't be written: ", "--output", "/sys/convoy/run");
  }
}
