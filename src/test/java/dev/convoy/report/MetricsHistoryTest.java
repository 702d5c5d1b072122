package dev.convoy.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Weights;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.RoundSums;
import dev.convoy.train.State;
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
    State state = new State(Weights.of(new float[1]), new float[0], round, round);
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
