package dev.convoy.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.round.RoundTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsLogTest {
  private static final RoundTime TIME = new RoundTime(1, 0.375, 0.125);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int flushes;
  private final MetricsLog log =
      new MetricsLog(
          new OutputStream() {
            @Override
            public void write(int b) {
              written.write(b);
            }

            @Override
            public void flush() {
              flushes++;
            }
          });

  @Test
  void aRoundIsALine() {
    log.onRound(new RoundResult(1, 2, 2, 94, 128, 2.25, 0.125, 0.05f, TIME, "abc"));
    assertEquals(
        "{\"type\":\"round\",\"epoch\":1,\"round\":2,\"examples\":128,\"loss\":2.25,\"accuracy\":0.125,"
            + "\"learningRate\":0.05,\"seconds\":1.5,\"computeSeconds\":1.0,\"waitSeconds\":0.375,"
            + "\"averageSeconds\":0.125,\"weightsSha256\":\"abc\"}\n",
        written.toString(UTF_8));
  }

  @Test
  void whatEachWorkerContributedIsInItsLine() {
    List<String> hashes = Arrays.asList("0f", null);
    log.onRound(new RoundResult(1, 2, 2, 94, 128, 2.25, 0, 0.05f, TIME, "abc", hashes));
    String line = written.toString(UTF_8);
    assertTrue(line.endsWith("\"weightsSha256\":\"abc\",\"contributions\":[\"0f\",null]}\n"), line);
  }

  @Test
  void aFaultIsALineOfWhatIsKnownOfIt() {
    log.onFault(7, Fault.executorLost("1", "node7", "exit code 137"));
    log.onFault(7, Fault.ofTask(Fault.Kind.TASK_RETRIED, "0", "node8", 29, 1, 2, null));
    log.onFault(8, Fault.stageResubmitted(29, 2));
    log.onFault(8, Fault.blockReadAgain("0", "node8", "rdd_9_1"));
    assertEquals(
        """
        {"type":"fault","round":7,"kind":"executorLost","executor":"1","host":"node7","reason":"exit code 137"}
        {"type":"fault","round":7,"kind":"taskRetried","executor":"0","host":"node8","stage":29,"task":1,"attempt":2}
        {"type":"fault","round":8,"kind":"stageResubmitted","stage":29,"attempt":2}
        {"type":"fault","round":8,"kind":"blockReadAgain","executor":"0","host":"node8","block":"rdd_9_1"}
        """,
        written.toString(UTF_8));
  }

  @Test
  void aValueThatIsNotFiniteIsALine() {
    log.onNonFinite(new NonFinite(2, 7, "worker 1, step 9, layer 'x'", 4, 0.25));
    log.onNonFinite(new NonFinite(2, 8, "worker 0", null, 0.25));
    assertEquals(
        """
        {"type":"rollback","epoch":2,"round":7,"where":"worker 1, step 9, layer 'x'","backTo":4,"learningRateFactor":0.25}
        {"type":"nonFinite","epoch":2,"round":8,"where":"worker 0"}
        """,
        written.toString(UTF_8));
  }

  @Test
  void anEpochIsALineAlsoWithoutTestData() {
    log.onEpoch(new EpochResult(3, 0.5, 0.75, 0.25, 0.875, 6000, TIME));
    log.onEpoch(new EpochResult(4, 0.5, 0.75, null, null, 6000, TIME));
    assertEquals(
        """
        {"type":"epoch","epoch":3,"trainLoss":0.5,"trainAccuracy":0.75,"testLoss":0.25,"testAccuracy":0.875,"seconds":1.5,"computeSeconds":1.0,"waitSeconds":0.375,"averageSeconds":0.125}
        {"type":"epoch","epoch":4,"trainLoss":0.5,"trainAccuracy":0.75,"testLoss":null,"testAccuracy":null,"seconds":1.5,"computeSeconds":1.0,"waitSeconds":0.375,"averageSeconds":0.125}
        """,
        written.toString(UTF_8));
  }

  @Test
  void validationStandsBeforeTheTestAndIsLeftOutWithoutData() {
    log.onEpoch(new EpochResult(3, 0.5, 0.75, 0.25, 0.875, null, null, 6000, TIME, null));
    log.onEnd(
        new TrainingSummary(
            0.25, Double.NaN, 0.5, Double.NaN, TIME, 480, 61706, "abc", 94, false, 3, true));
    List<String> lines = written.toString(UTF_8).lines().toList();
    assertTrue(
        lines
            .get(0)
            .contains(
                ",\"trainAccuracy\":0.75,\"validationLoss\":0.25,\"validationAccuracy\":0.875,"
                    + "\"testLoss\":null,\"testAccuracy\":null,"),
        lines.get(0));
    assertTrue(
        lines
            .get(1)
            .startsWith(
                "{\"type\":\"summary\",\"validationLoss\":0.25,\"validationAccuracy\":null,"
                    + "\"testLoss\":0.5,\"testAccuracy\":null,"),
        lines.get(1));
  }

  @Test
  void theSummaryIsALine() {
    log.onEnd(new TrainingSummary(0.25, 0.875, TIME, 480, 61706, "abc", 94, false, 3, true));
    assertEquals(
        "{\"type\":\"summary\",\"testLoss\":0.25,\"testAccuracy\":0.875,\"trainSeconds\":1.5,"
            + "\"computeSeconds\":1.0,\"waitSeconds\":0.375,\"averageSeconds\":0.125,"
            + "\"imagesPerSecond\":480.0,\"parameters\":61706,\"weightsSha256\":\"abc\",\"rounds\":94,"
            + "\"stopped\":false,\"bestEpoch\":3,\"stoppedEarly\":true}\n",
        written.toString(UTF_8));
  }

  @Test
  void anAccuracyThatHasNoMeaningIsNull() {
    double none = Double.NaN;
    log.onRound(new RoundResult(1, 2, 2, 94, 128, 2.25, none, 0.05f, TIME, "abc"));
    log.onEpoch(new EpochResult(3, 0.5, none, 0.25, none, 6000, TIME));
    log.onEnd(new TrainingSummary(0.25, none, TIME, 480, 61706, "abc", 94, false, null, false));
    List<String> lines = written.toString(UTF_8).lines().toList();
    assertTrue(lines.get(0).contains(",\"loss\":2.25,\"accuracy\":null,"), lines.get(0));
    assertTrue(lines.get(1).contains(",\"trainAccuracy\":null,\"testLoss\":0.25,"), lines.get(1));
    assertTrue(lines.get(1).contains(",\"testAccuracy\":null,"), lines.get(1));
    assertTrue(lines.get(2).contains(",\"testAccuracy\":null,"), lines.get(2));
  }

  @Test
  void eachLineIsFlushed() {
    log.onRound(new RoundResult(1, 1, 1, 2, 128, 2, 0, 0.05f, TIME, "a"));
    log.onRound(new RoundResult(1, 2, 2, 2, 128, 2, 0, 0.05f, TIME, "b"));
    assertEquals(2, flushes);
  }

  @Test
  void aFullDiskIsSaid() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left");
          }
        };
    EpochResult epoch = new EpochResult(1, 0, 0, null, null, 1, TIME);
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> new MetricsLog(full).onEpoch(epoch));
    assertEquals("The metrics can't be written: No space left", e.getMessage());
  }
}
