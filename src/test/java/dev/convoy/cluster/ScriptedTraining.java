package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.testing.EventLog;
import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A training by one of the scripts of {@code deploy/}, its files in a folder of its own.
 *
 * <p>It may be started again and again, to be killed and to go on.
 */
final class ScriptedTraining {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<String> command;
  private final Map<String, String> environment;
  private int starts;

  /**
   * A training that has not started.
   *
   * @param folder for its logs and its output, made here
   * @param script below {@code deploy/}
   * @param job with its overrides
   * @param environment beside that of this JVM
   * @param options of the script, for Spark and for Convoy
   */
  ScriptedTraining(
      Path folder,
      String script,
      TableJob job,
      Map<String, String> environment,
      List<String> options)
      throws IOException {
    this.folder = folder.toAbsolutePath();
    this.environment = Map.copyOf(environment);
    Files.createDirectories(events());
    command = new ArrayList<>();
    command.add(Path.of("deploy", script).toAbsolutePath().toString());
    command.addAll(List.of("train", job.file().toUri().toString()));
    job.overrides().forEach(override -> command.addAll(List.of("--set", override)));
    command.addAll(List.of("--output", output().toUri().toString()));
    List.of(
            "spark.ui.enabled=false",
            "spark.driver.host=127.0.0.1",
            "spark.eventLog.enabled=true",
            "spark.eventLog.compress=false",
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.dir=" + events().toUri())
        .forEach(property -> command.addAll(List.of("--conf", property)));
    command.addAll(options);
  }

  Path output() {
    return folder.resolve("run");
  }

  private Path events() {
    return folder.resolve("events");
  }

  /** Starts it, with these options beside its own. */
  LoggedProcess start(String... more) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    starts++;
    return LoggedProcess.start(folder.resolve("log" + starts), environment, all);
  }

  /** Runs it to its end, with these options beside its own. */
  void run(String... more) throws IOException, InterruptedException {
    try (LoggedProcess process = start(more)) {
      assertEquals(0, process.exitStatus(), process::log);
    }
  }

  /** The rounds that are done, by the metrics. */
  int rounds() throws IOException {
    Path metrics = output().resolve("metrics.jsonl");
    if (!Files.exists(metrics)) {
      return 0;
    }
    int rounds = 0;
    for (String line : Files.readAllLines(metrics)) {
      // Short of the last line's end, which may not be there yet.
      rounds += line.startsWith("{\"type\":\"round\"") ? 1 : 0;
    }
    return rounds;
  }

  /** The round of the newest checkpoint; 0 without one. */
  int checkpointedRound() throws IOException {
    Path checkpoints = output().resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return 0;
    }
    try (Stream<Path> folders = Files.list(checkpoints)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("round-\\d+"))
          .mapToInt(name -> Integer.parseInt(name.substring("round-".length())))
          .max()
          .orElse(0);
    }
  }

  /** The SHA-256 of the final parameters. */
  String weightsSha256() throws IOException {
    return weightsSha256(output());
  }

  /** The SHA-256 of the final parameters of a run that ended, by its folder. */
  static String weightsSha256(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output.resolve("metrics.jsonl"));
    JsonNode summary = JSON.readTree(lines.get(lines.size() - 1));
    assertEquals("summary", summary.path("type").asText());
    assertTrue(Files.exists(output.resolve("model/weights.safetensors")));
    return summary.path("weightsSha256").asText();
  }

  /** What Spark did, in all its starts. */
  EventLog eventLog() throws IOException {
    return EventLog.read(events());
  }
}
