package dev.convoy.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A training by {@code deploy/convoy} in a process of its own, whose executors are killed. */
final class FaultyRun {
  private static final String JOB = "conf/fashion-lenet5.yaml";

  private final String master;
  private final List<String> settings;
  private final Path output;
  private final int killEvery;
  private final int before;
  private int kills;

  /**
   * A run.
   *
   * @param settings of Spark, as key=value
   * @param killEvery rounds from one kill to the next; 0 for none
   * @param before the round from which on nothing is killed
   */
  FaultyRun(String master, List<String> settings, Path output, int killEvery, int before) {
    this.master = master;
    this.settings = settings;
    this.output = output;
    this.killEvery = killEvery;
    this.before = before;
  }

  /**
   * What its metrics say.
   *
   * @param seconds of all rounds
   * @param examples that all rounds used
   * @param kills that were sent
   * @param lost executors that were told
   */
  record Figures(int rounds, double seconds, long examples, String sha256, int kills, long lost) {}

  /** Trains with these keys of the job replaced. */
  Figures train(String... keys) throws Exception {
    Path metrics = output.resolve("metrics.jsonl");
    Files.deleteIfExists(metrics);
    List<String> command =
        new ArrayList<>(
            List.of("deploy/convoy", "train", JOB, "--master", master, "--overwrite", "--output"));
    command.add(output.toString());
    for (String key : keys) {
      command.addAll(List.of("--set", key));
    }
    for (String setting : settings) {
      command.addAll(List.of("--conf", setting));
    }
    Path log = output.resolveSibling(output.getFileName() + ".log");
    try (LoggedProcess process = LoggedProcess.start(log, Map.of(), command)) {
      Runtime.getRuntime().addShutdownHook(new Thread(process::close));
      for (int next = killEvery; killEvery > 0 && next < before; next += killEvery) {
        int round = next;
        process.await(() -> rounds(metrics) >= round);
        kill(process);
      }
      if (process.onExit().join() != 0) {
        throw new IOException("the training failed: see " + log);
      }
    }
    return figures(metrics);
  }

  private static long rounds(Path metrics) throws IOException {
    if (!Files.exists(metrics)) {
      return 0;
    }
    try (var lines = Files.lines(metrics)) {
      return lines.filter(line -> line.startsWith("{\"type\":\"round\"")).count();
    }
  }

  /** Kills the executor that has been there longest: each gets its turn. */
  private void kill(LoggedProcess process) {
    process.descendants("CoarseGrainedExecutorBackend").stream()
        .filter(p -> !p.info().command().orElse("").endsWith("sh"))
        .min(Comparator.comparing(p -> p.info().startInstant().orElseThrow()))
        .ifPresent(
            executor -> {
              executor.destroyForcibly();
              kills++;
            });
  }

  private Figures figures(Path metrics) throws IOException {
    int rounds = 0;
    long examples = 0;
    long lost = 0;
    JsonNode event = null;
    for (String line : Files.readAllLines(metrics)) {
      event = new ObjectMapper().readTree(line);
      if (event.path("type").asText().equals("round")) {
        rounds++;
        examples += event.path("examples").asLong();
      }
      lost += event.path("kind").asText().equals("executorLost") ? 1 : 0;
    }
    return new Figures(
        rounds,
        event.path("trainSeconds").asDouble(),
        examples,
        event.path("weightsSha256").asText(),
        kills,
        lost);
  }
}
