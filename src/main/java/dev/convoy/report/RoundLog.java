package dev.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what a metrics log says of each round, each time anew where training went back over it. */
public final class RoundLog {
  private final Map<List<Integer>, Entry> entries = new HashMap<>();
  private final Map<Integer, Integer> lastRollbacks = new HashMap<>();
  private int lastRound;
  private boolean damaged;

  /**
   * A round.
   *
   * @param weightsSha256 of the parameters after it; absent where a value was not finite
   * @param contributions hash of each worker's, absent of one without examples; none where they are
   *     not logged
   */
  public record Entry(@Nullable String weightsSha256, List<@Nullable String> contributions) {}

  private RoundLog() {}

  /** Reads a log; what is damaged, or after it, is left out. */
  public static RoundLog read(InputStream log) throws IOException {
    RoundLog rounds = new RoundLog();
    InputStream in = new BufferedInputStream(log);
    int rollbacks = 0;
    for (byte[] line = MetricsHistory.line(in); line != null; line = MetricsHistory.line(in)) {
      JsonNode event = MetricsHistory.event(line);
      if (event == null) {
        rounds.damaged = true;
        break;
      }
      switch (event.path("type").asText()) {
        case "round", "nonFinite" -> rounds.add(event, rollbacks);
        case "rollback" -> {
          rounds.add(event, rollbacks);
          rollbacks++;
        }
        default -> {} // tells of no round
      }
    }
    return rounds;
  }

  private void add(JsonNode event, int rollbacks) {
    int round = event.path("round").asInt();
    List<@Nullable String> contributions = new ArrayList<>();
    event.path("contributions").forEach(hash -> contributions.add(hash.textValue()));
    entries.put(
        List.of(rollbacks, round),
        new Entry(event.path("weightsSha256").textValue(), contributions));
    lastRollbacks.put(round, rollbacks);
    lastRound = Math.max(lastRound, round);
  }

  /** The last round that was begun. */
  public int lastRound() {
    return lastRound;
  }

  /** Whether what follows the last round can't be read. */
  public boolean isDamaged() {
    return damaged;
  }

  /**
   * Returns how often training had gone back when a round was last begun; 0 of a round that never
   * was.
   */
  public int rollbacks(int round) {
    return lastRollbacks.getOrDefault(round, 0);
  }

  /** A round, begun after so many rollbacks; absent if none was. */
  public @Nullable Entry entry(int rollbacks, int round) {
    return entries.get(List.of(rollbacks, round));
  }
}
