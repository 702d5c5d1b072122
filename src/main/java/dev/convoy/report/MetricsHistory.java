package dev.convoy.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.train.Checkpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a metrics log says up to a checkpoint: a training that goes on from there writes the
 * rest.
 */
public final class MetricsHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No line is near it. */
  private static final int MAX_LINE_BYTES = 1 << 20;

  private MetricsHistory() {}

  /**
   * Copies the lines of all that came before the checkpoint, up to the first that did not, is a
   * summary, or is damaged.
   *
   * @return the last round that was copied; 0 if there was none
   */
  public static int copy(InputStream log, OutputStream out, Checkpoint checkpoint)
      throws IOException {
    InputStream in = new BufferedInputStream(log);
    int round = 0;
    int rollbacks = checkpoint.state().rollbacks();
    for (byte[] line = line(in); line != null; line = line(in)) {
      JsonNode event = event(line);
      // Of rounds that were gone back over, those before the last rollback are history.
      if (event == null || (rollbacks == 0 && !isBefore(event, checkpoint))) {
        break;
      }
      if (event.path("type").asText().equals("rollback")) {
        rollbacks--;
        round = event.path("backTo").asInt();
      } else {
        round = Math.max(round, event.path("round").asInt());
      }
      out.write(line);
    }
    return round;
  }

  private static boolean isBefore(JsonNode event, Checkpoint checkpoint) {
    return switch (event.path("type").asText()) {
      case "round", "fault" -> event.path("round").asLong() <= checkpoint.round();
      case "epoch" -> event.path("epoch").asLong() < checkpoint.epoch();
      case "summary", "nonFinite", "rollback" -> false;
      default -> true;
    };
  }

  static @Nullable JsonNode event(byte[] line) throws IOException {
    try {
      JsonNode event = JSON.readTree(line);
      return event != null && event.isObject() ? event : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The next line with its end; absent where none ends. */
  static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < MAX_LINE_BYTES) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    return null;
  }
}
