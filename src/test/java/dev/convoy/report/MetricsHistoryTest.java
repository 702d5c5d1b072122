package dev.convoy.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Weights;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TestHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsHistoryTest {
  private static final String FIRST =
      """
      {"type":"round","epoch":1,"round":1}
      {"type":"fault","what":"an executor was lost"}
      {"type":"round","epoch":1,"round":2}
      {"type":"epoch","epoch":1}
      """;

  private static final String SECOND =
      """
      {"type":"round","epoch":2,"round":3}
      {"type":"round","epoch":2,"round":4}
      {"type":"epoch","epoch":2}
      """;

  private static final String SUMMARY = "{\"type\":\"summary\",\"rounds\":4}\n";

  private int last;

  /** After so many rounds, with two an epoch. */
  private String kept(String log, int round) throws IOException {
    return kept(log, round, 0);
  }

  private String kept(String log, int round, int rollbacks) throws IOException {
    float[] none = {};
    State state =
        new State(Weights.of(new float[1]), none, round, round, TestHistory.EMPTY, none, rollbacks);
    Checkpoint checkpoint =
        new Checkpoint(state, 1 + round / 2, RoundSums.NONE, RoundSums.NONE, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    last = MetricsHistory.copy(new ByteArrayInputStream(log.getBytes(UTF_8)), out, checkpoint);
    return out.toString(UTF_8);
  }

  @Test
  void whatCameBeforeTheCheckpointIsKept() throws IOException {
    String whole = FIRST + SECOND + SUMMARY;
    assertEquals(FIRST, kept(whole, 2));
    assertEquals(2, last);
    assertEquals(FIRST + SECOND.lines().findFirst().orElseThrow() + "\n", kept(whole, 3));
    assertEquals(FIRST + SECOND, kept(whole, 4));
    assertEquals(FIRST.lines().limit(2).reduce("", (a, b) -> a + b + "\n"), kept(whole, 1));
  }

  @Test
  void roundsThatWereGoneBackOverAreHistory() throws IOException {
    String fault = "{\"type\":\"fault\",\"round\":4}\n";
    String back = "{\"type\":\"rollback\",\"epoch\":2,\"round\":5,\"backTo\":2}\n";
    String whole = FIRST + SECOND + fault + back + SECOND + SUMMARY;
    String third = SECOND.lines().findFirst().orElseThrow() + "\n";
    assertEquals(FIRST + third, kept(whole, 3, 0), "before the rollback");
    assertEquals(FIRST + SECOND + fault, kept(whole, 4, 0), "before the rollback");
    assertEquals(FIRST + SECOND + fault + back + third, kept(whole, 3, 1), "after it");
    assertEquals(3, last);
    assertEquals(FIRST + SECOND + fault + back + SECOND, kept(whole, 4, 1), "after it");
  }

  @Test
  void aLineThatIsCutOrDamagedEndsIt() throws IOException {
    assertEquals(FIRST, kept(FIRST + "{\"type\":\"round\",\"epoch\":2,\"rou", 4));
    assertEquals(FIRST, kept(FIRST + "{\"type\":\"round\",\"epoch\":2,\"round\":3}", 4));
    assertEquals(FIRST, kept(FIRST + "\0\0\0\n" + SECOND, 4));
    assertEquals(FIRST, kept(FIRST + "7\n" + SECOND, 4));
    assertEquals(2, last);
    assertEquals("", kept("x".repeat(3 << 20), 4));
    assertEquals("", kept("", 4));
    assertEquals(0, last);
  }
}
