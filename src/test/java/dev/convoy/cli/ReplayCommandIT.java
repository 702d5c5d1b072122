package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's part of a round is done again, and compared with the log. */
class ReplayCommandIT {
  @TempDir private Path folder;
  private SmallJob job;
  private String run;

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

  /** Three rounds an epoch, of two epochs; checkpoints of rounds 2, 4 and 6. */
  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
    run = folder.resolve("run").toString();
    Files.writeString(job.file, job.text() + "checkpoint: {everyRounds: 2, keep: 3}\n");
  }

  private void train(String... keys) {
    String[] arguments = new String[2 + 2 * keys.length];
    arguments[0] = "train";
    arguments[1] = job.file.toString();
    for (int i = 0; i < keys.length; i++) {
      arguments[2 + 2 * i] = "--set";
      arguments[3 + 2 * i] = keys[i];
    }
    CommandRun done = CommandRun.of(arguments);
    assertEquals(List.of(), done.err());
  }

  private CommandRun replay(int round, int worker) {
    return CommandRun.of("replay", run, "--round", "" + round, "--worker", "" + worker);
  }

  private static void assertAsLogged(CommandRun done) {
    assertEquals(List.of(), done.err());
    assertEquals(0, done.status());
    String last = done.out().get(done.out().size() - 1);
    assertTrue(last.endsWith(": as it was logged"), last);
  }

  private void assertRefused(CommandRun done, String line) {
    assertEquals(List.of("convoy: " + line.replace("RUN", run)), done.err());
    assertEquals(2, done.status());
  }

  @Test
  void comesToWhatWasLoggedRightAfterACheckpointAndLater() {
    train("training.schedule={reduceOnPlateau: {patience: 1}}");
    assertAsLogged(replay(3, 0));
    CommandRun later = replay(4, 1); // in the epoch after that of the checkpoint
    assertAsLogged(later);
    String text = String.join("\n", later.out());
    assertTrue(text.contains("Round 4 (epoch 2, round 1 of 3), worker 1\n"), text);
    assertTrue(text.contains("\n   7  "), "no row of its first step: " + text);
    assertTrue(text.contains("\nconv1  ") && text.contains("\nfc1  "), "no row a layer: " + text);
  }

  @Test
  void aRoundThatFailedIsReplayedFromTheStateBeforeIt() {
    CommandRun failed =
        CommandRun.of(
            "train", job.file.toString(), "--set", "training.optimizer.sgd.learningRate=1e30");
    assertEquals(1, failed.status());
    CommandRun again = replay(1, 0);
    assertEquals(List.of(), again.err());
    String text = String.join("\n", again.out());
    String where = failed.err().get(0).replaceAll(".*worker 0, (step.*?);.*", "$1");
    assertTrue(text.contains("Not finite: " + where), text);
    assertTrue(where.matches("step \\d, .* examples? \\d.*"), where);
  }

  @Test
  void aRoundAfterARollbackIsThatOfTheLowerRate() {
    train(
        "training.optimizer.sgd.learningRate=1e30",
        "training.onNonFinite={rollback: {learningRateFactor: 1e-31, atMost: 1}}",
        "checkpoint.keep=9");
    assertAsLogged(replay(5, 1));
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    train("checkpoint.keep=2");
    assertRefused(replay(7, 0), "RUN: the round must be 1 to 6, but was 7");
    assertRefused(replay(0, 0), "RUN: the round must be 1 to 6, but was 0");
    assertRefused(replay(5, 2), "RUN: the worker must be 0 to 1, but was 2");
    assertRefused(replay(5, -1), "RUN: the worker must be 0 to 1, but was -1");
    assertRefused(
        replay(4, 0),
        "RUN: a checkpoint of a round before 4 is needed, but the first that is kept is"
            + " RUN/checkpoints/round-00000004; checkpoint.keep keeps more");
    assertRefused(
        CommandRun.of("replay", job.path("nowhere"), "--round", "1", "--worker", "0"),
        job.path("nowhere/metrics.jsonl") + ": must be a run's metrics, but can't be read");
  }

  @Test
  void aLogThatIsDamagedIsCalledSo() throws IOException {
    train("checkpoint.keep=9");
    Path log = Path.of(run, "metrics.jsonl");
    List<String> lines = Files.readAllLines(log);
    String refusal =
        "RUN: the round must be 1 to 1, but was 2; RUN/metrics.jsonl is damaged after that";
    Files.write(log, List.of(lines.get(0), "x" + lines.get(1), lines.get(2)));
    assertRefused(replay(2, 0), refusal);
    Files.write(log, List.of("x" + lines.get(0), lines.get(1)));
    assertRefused(
        replay(1, 0),
        "RUN/metrics.jsonl: must be a run's metrics, but is damaged before its first round");
    Files.write(log, new byte[0]);
    assertRefused(replay(1, 0), "RUN/metrics.jsonl: must be a run's metrics, but holds no round");
  }

  @Test
  void withoutCheckpointsItIsRefused() {
    train("checkpoint.everyRounds=0");
    assertRefused(
        replay(4, 0),
        "RUN: a checkpoint of a round before 4 is needed, but none is kept; checkpoint.keep keeps"
            + " more");
  }

  @Test
  void changedDataAreRefusedAndAChangedLogIsTold() throws IOException {
    train();
    Path metrics = folder.resolve("run/metrics.jsonl");
    String text = Files.readString(metrics);
    String logged = text.replaceAll("(?s).*\"round\":3,.*?\"contributions\":\\[\"(\\w+)\".*", "$1");
    Files.writeString(metrics, text.replace(logged, "0123456789abcdef"));
    CommandRun other = replay(3, 0);
    assertEquals(1, other.status());
    assertEquals(
        List.of(
            "convoy: "
                + run
                + ": the contribution must be 0123456789abcdef, as logged, but was "
                + logged),
        other.err());
    byte[] images = Files.readAllBytes(folder.resolve("images"));
    images[images.length - 1]++;
    Files.write(folder.resolve("images"), images);
    CommandRun changed = replay(3, 0);
    assertEquals(2, changed.status());
    assertTrue(
        changed.err().get(0).contains("differs: the images of data.train"), changed::toString);
    assertEquals(1, changed.err().size());
  }
}
