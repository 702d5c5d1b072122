package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that can't be written, in a process of its own: {@code /dev/full} is a full disk. */
class StandardOutputIT {
  private static final String MODEL = "src/test/resources/golden/model-v1";
  private static final String FULL =
      "convoy: standard output can't be written: No space left on device";

  @TempDir private Path folder;
  private String images;
  private String labels;

  @BeforeEach
  void writeImages() throws IOException {
    var block = SampleImages.random(2050, Shape.of(1, 9, 7), 3, 11);
    images = folder.resolve("images").toString();
    labels = folder.resolve("labels").toString();
    Files.write(Path.of(images), IdxBytes.images(block));
    Files.write(Path.of(labels), IdxBytes.labels(block));
  }

  /** What a script left: its status, and all lines but Java's own. */
  private record Left(int status, List<String> lines) {}

  private Left run(String script, List<String> arguments) throws Exception {
    Path log = folder.resolve("log");
    try (LoggedProcess process = ConvoyProcess.start(log, script, arguments)) {
      int status = process.exitStatus();
      List<String> lines = process.log().lines().filter(l -> !l.startsWith("WARNING: ")).toList();
      return new Left(status, lines);
    }
  }

  private List<String> command(String line) {
    return List.of(
        line.replace("MODEL", MODEL)
            .replace("IMAGES", images)
            .replace("LABELS", labels)
            .split(" "));
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "filter --list",
        "inspect MODEL",
        "inspect conf/fashion-sample.yaml",
        "predict MODEL IMAGES",
        "evaluate MODEL --images IMAGES --labels LABELS",
        "plan conf/fashion-sample.yaml --executors 2 --cores 1 --examples 1000",
      })
  @EnabledIf("hasFullDevice")
  void aFullDiskIsToldInALine(String line) throws Exception {
    assertEquals(new Left(1, List.of(FULL)), run("\"$@\" > /dev/full", command(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict MODEL IMAGES",
        "inspect conf/fashion-sample.yaml",
        "predict MODEL --data {format:idx,images:IMAGES,labels:LABELS}",
      })
  void aReaderThatGoesEndsItQuietly(String line) throws Exception {
    List<String> command = new ArrayList<>(command(line));
    command.replaceAll(word -> word.startsWith("{") ? word.replace(":", ": ") : word);
    // Bash waits for the reader, so that it has gone before the first line is there.
    Left left = run("exec 3> >(exit 0); wait $!; \"$@\" >&3", command);
    assertEquals(new Left(141, List.of()), left);
  }

  @Test
  void headGetsItsLine() throws Exception {
    Left left = run("\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", command("predict MODEL IMAGES"));
    assertEquals(141, left.status());
    assertEquals(1, left.lines().size(), left.lines().toString());
    assertTrue(left.lines().get(0).startsWith("{\"file\":\"" + images + "\",\"index\":0,"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void trainingGoesOnWhereNobodyCanFollowIt() throws Exception {
    SmallJob job = new SmallJob(folder);
    Left left = run("\"$@\" > /dev/full", List.of("train", job.file.toString()));
    assertEquals(new Left(1, List.of(FULL + "; training goes on", FULL)), left);
    assertTrue(Files.exists(folder.resolve("run/model/model.json")));
  }

  @Test
  void trainingThatNobodyReadsStopsAndSaves() throws Exception {
    SmallJob job = new SmallJob(folder);
    Left left =
        run(
            "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}",
            List.of("train", job.file.toString(), "--set", "training.epochs=100000"));
    assertEquals(141, left.status());
    assertEquals(1, left.lines().size(), left.lines().toString());
    assertTrue(Files.exists(folder.resolve("run/model/model.json")));
    assertFalse(Files.exists(folder.resolve("run/run.lock")));
  }
}
