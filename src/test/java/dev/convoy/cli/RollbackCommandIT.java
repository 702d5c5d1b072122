package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes back where a value is not finite, and can be resumed to the same bits. */
class RollbackCommandIT {
  @TempDir private Path folder;
  private SmallJob job;

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

  /** Three rounds an epoch; the first of all fails. */
  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
    Files.writeString(
        job.file,
        job.text()
                .replace("learningRate: 0.05", "learningRate: 1.0e30, momentum: 0.9")
                .replace(
                    "epochs: 2",
                    "epochs: 4\n  onNonFinite: {rollback: {learningRateFactor: 1.0e-31}}")
            + "checkpoint: {everyRounds: 4, keep: 1}\n");
  }

  private CommandRun train(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("train", job.file.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void resumedBetweenCheckpointsItEndsInTheSameBits() throws IOException {
    RunFolder whole = new RunFolder(folder.resolve("whole"));
    CommandRun done = train("--output", whole.folder().toString());
    assertEquals(List.of(), done.err());
    assertEquals(0, done.status());
    assertTrue(
        done.out().stream()
            .anyMatch(
                line ->
                    line.matches(
                        "Round 1: a value is not finite, worker 0, step \\d, .*; going on from"
                            + " round 0 with learning rates times 1.0E-31")),
        () -> String.join("\n", done.out()));
    assertEquals("rollback", whole.metrics().get(0).path("type").asText());

    RunFolder parted = new RunFolder(folder.resolve("parted"));
    String output = parted.folder().toString();
    assertEquals(0, train("--output", output, "--set", "training.epochs=2").status());
    assertEquals(List.of(4, 6), parted.checkpoints(), "the one to go back to is kept besides");
    CommandRun rest = train("--output", output, "--resume");
    assertEquals(List.of(), rest.err());
    assertEquals(whole.metrics(), parted.metrics());
    assertEquals(whole.model(), parted.model());
  }

  @Test
  void whatItWouldGoBackToMustBeThereAndWhole() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    assertEquals(0, train("--set", "training.epochs=2").status());
    CommandRun other = train("--resume", "--set", "checkpoint.everyRounds=3");
    assertEquals(2, other.status());
    assertTrue(
        other.err().get(0).endsWith("differs: checkpoint.everyRounds 4 -> 3"), other::toString);
    Files.delete(run.checkpoint(4).resolve("state.safetensors"));
    CommandRun refused = train("--resume");
    assertEquals(2, refused.status());
    assertEquals(1, refused.err().size());
    assertTrue(refused.err().get(0).contains("round-00000004"), refused::toString);
    assertFalse(refused.err().get(0).contains("Exception"), refused::toString);
  }

  /** It ends in the bits of a run that had the rule from the start. */
  @Test
  void aRunThatFailedGoesOnWithTheRule() throws IOException {
    RunFolder whole = new RunFolder(folder.resolve("whole"));
    assertEquals(0, train("--output", whole.folder().toString()).status());
    String output = folder.resolve("failed").toString();
    assertEquals(1, train("--output", output, "--set", "training.onNonFinite=stop").status());
    assertEquals(0, train("--output", output, "--resume").status());
    assertEquals(whole.model(), new RunFolder(folder.resolve("failed")).model());
    CommandRun other = train("--output", output, "--resume", "--set", "training.onNonFinite=stop");
    assertEquals(2, other.status(), "the rule matters once training went back");
  }

  @Test
  void withoutCheckpointsThereIsNothingToGoBackTo() {
    CommandRun refused = train("--set", "checkpoint.everyRounds=0");
    assertEquals(2, refused.status());
    assertEquals(1, refused.err().size());
    assertTrue(
        refused
            .err()
            .get(0)
            .contains("rollback needs checkpoint.everyRounds of at least 1, but was 0"),
        refused::toString);
  }
}
