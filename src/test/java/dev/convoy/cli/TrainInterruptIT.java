package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.SampleImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that a signal ends before its first round says so in one line, and leaves nothing. */
class TrainInterruptIT {
  private static final String JOB =
      """
      name: interrupted
      data:
        train: {format: images, path: FOLDER/pictures}
        preprocess: [{resize: {size: [300, 300]}}, {resize: {size: [8, 8]}}]
      network: {input: [3, 8, 8], layers: [flatten, {dense: {units: 2}}]}
      training: {epochs: 1, batchSize: 8, optimizer: {sgd: {learningRate: 0.01}}}
      distribution: {workers: 2}
      output: FOLDER/run
      """;

  @TempDir private Path folder;

  @Test
  void aSignalWhileDataAreReadEndsItInOneLine() throws Exception {
    // A minute's decoding, and more.
    DataFiles.folders(
        SampleImages.random(4000, Shape.of(3, 128, 128), 2, 3),
        List.of("cat", "dog"),
        folder.resolve("pictures"));
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("FOLDER", folder.toString()));
    Path events = Files.createDirectory(folder.resolve("events"));
    String options =
        "-Dspark.eventLog.enabled=true -Dspark.eventLog.rolling.enabled=false"
            + " -Dspark.eventLog.compress=false -Dspark.eventLog.buffer.kb=1 -Dspark.eventLog.dir="
            + events.toUri();
    try (LoggedProcess process =
        LoggedProcess.start(
            folder.resolve("log"),
            Map.of("JAVA_TOOL_OPTIONS", options),
            ConvoyProcess.command("train", job.toString()))) {
      process.await(() -> holds(events, "SparkListenerTaskStart"));
      process.interrupt();
      assertEquals(130, process.exitStatus(), process::log);
      assertEquals(
          "Stopped before training began.",
          process
              .log()
              .lines()
              .filter(line -> !line.contains("incubator modules"))
              .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
              .reduce((first, second) -> first + "\n" + second)
              .orElse(""));
    }
    assertFalse(Files.exists(folder.resolve("run")), "a folder of a run that never began");
  }

  private static boolean holds(Path folder, String text) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
