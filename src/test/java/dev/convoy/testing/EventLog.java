package dev.convoy.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Spark application did, by the event log that it wrote in clear.
 *
 * @param tasks that were started
 * @param speculative of these, second attempts beside a running one
 * @param failed that threw
 * @param lostExecutors that left before the application ended
 */
public record EventLog(int tasks, int speculative, int failed, int lostExecutors) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All applications whose logs lie in this folder, together. */
  public static EventLog read(Path folder) throws IOException {
    int tasks = 0;
    int speculative = 0;
    int failed = 0;
    int lostExecutors = 0;
    boolean ended = false;
    for (JsonNode event : events(folder)) {
      switch (event.path("Event").asText()) {
        case "SparkListenerTaskStart" -> {
          tasks++;
          if (event.path("Task Info").path("Speculative").asBoolean()) {
            speculative++;
          }
        }
        case "SparkListenerTaskEnd" -> {
          if (event.path("Task End Reason").path("Reason").asText().equals("ExceptionFailure")) {
            failed++;
          }
        }
        case "SparkListenerApplicationStart" -> ended = false;
        case "SparkListenerApplicationEnd" -> ended = true;
        case "SparkListenerExecutorRemoved" -> lostExecutors += ended ? 0 : 1;
        default -> {}
      }
    }
    return new EventLog(tasks, speculative, failed, lostExecutors);
  }

  private static List<JsonNode> events(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    List<JsonNode> events = new ArrayList<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        try {
          events.add(JSON.readTree(line));
        } catch (JsonProcessingException e) {
          break; // the last line of an application that was killed
        }
      }
    }
    return events;
  }
}
