package dev.convoy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What runs leave, for comparisons of two. */
record RunFolder(Path folder) {
  private static final List<String> OF_TIME =
      List.of(
          "seconds",
          "trainSeconds",
          "computeSeconds",
          "waitSeconds",
          "averageSeconds",
          "imagesPerSecond");

  /** The lines of the metrics, without times. */
  List<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      lines.add(((ObjectNode) new ObjectMapper().readTree(line)).remove(OF_TIME));
    }
    return lines;
  }

  /** The bytes of the model's files, and where they were left. */
  String model() throws IOException {
    return Arrays.toString(Files.readAllBytes(folder.resolve("model/weights.safetensors")))
        + Files.readString(folder.resolve("model/model.json"))
            .replace(folder.toString(), "")
            .replaceAll("\"output\": \"[^\"]*\"", "");
  }

  /** The rounds of its checkpoints, ascending; none before there is one. */
  List<Integer> checkpoints() throws IOException {
    Path all = folder.resolve("checkpoints");
    if (!Files.exists(all)) {
      return List.of();
    }
    try (var entries = Files.list(all)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("round-"))
          .map(name -> Integer.valueOf(name.substring("round-".length())))
          .sorted()
          .toList();
    }
  }

  /** The folder of a checkpoint. */
  Path checkpoint(int round) {
    return folder.resolve("checkpoints/round-%08d".formatted(round));
  }
}
