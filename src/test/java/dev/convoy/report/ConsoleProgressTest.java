package dev.convoy.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.tensor.Shape;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingStart;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.Fault.Kind;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.round.RoundTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  /** Tells who waits on it of all that is written. */
  private final ByteArrayOutputStream written =
      new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
          super.write(bytes, offset, length);
          notifyAll();
        }
      };

  private final ConsoleProgress progress =
      new ConsoleProgress(new PrintStream(written, true, UTF_8), 0);

  private static RoundTime seconds(double seconds) {
    return new RoundTime(seconds / 2, seconds / 4, seconds / 4);
  }

  private void start() {
    Network network = Network.of(Shape.of(999), Dense.of(2));
    progress.onStart(new TrainingStart("sample", network, 4000, 0, 2, new Every(16), 64, 3, 2));
  }

  @Test
  void aTrainingIsATableWithALineAnEpoch() {
    start();
    progress.onEpoch(new EpochResult(1, 1.25, 0.5, 0.75, 0.625, 4000, seconds(2)));
    progress.onEpoch(new EpochResult(2, 1, 0.75, null, null, 4000, seconds(1.5)));
    progress.onEnd(
        new TrainingSummary(null, null, seconds(3.5), 2000, 2000, "abc", 4, false, null, false));
    assertEquals(
        """
        Training sample: 2,000 parameters, 4,000 images, 2 workers x batch 64, averaged every 16 steps, for 3 epochs
          epoch      loss  accuracy  test loss  test acc.   images/s  seconds
            1/3    1.2500    0.5000     0.7500     0.6250      2,000      2.0
            2/3    1.0000    0.7500          -          -      2,667      1.5
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void validationTakesThePlaceOfTheTestInEachLine() {
    Network network = Network.of(Shape.of(999), Dense.of(2));
    progress.onStart(
        new TrainingStart("sample", network, 4000, 400, 1000, 1, new Every(16), 64, 1, 2));
    progress.onEpoch(
        new EpochResult(1, 1.25, 0.5, 0.75, 0.625, null, null, 4000, seconds(2), null));
    progress.onEnd(
        new TrainingSummary(
            0.75, 0.625, 0.5, 0.25, seconds(2), 2000, 2000, "abc", 4, false, 1, true));
    assertEquals(
        """
        Training sample: 2,000 parameters, 4,000 images, 1 worker x batch 64, averaged every 16 steps, for 1 epoch
          epoch      loss  accuracy  val. loss  val. acc.   images/s  seconds
            1/1    1.2500    0.5000     0.7500     0.6250      2,000      2.0
        Stopped early: the validation examples showed no more progress.
        Kept the weights of epoch 1: validation loss 0.7500, accuracy 0.6250.
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void withoutATerminalAPlainLineComesEveryFewSeconds() {
    start();
    written.reset();
    for (int round = 1; round <= 6; round++) {
      progress.onRound(new RoundResult(1, round, round, 10, 100, 0.5, 0.25, 0.1f, seconds(2), "x"));
    }
    assertEquals(
        """
        epoch 1 of 3, round 3 of 10: 50 images/s, loss 0.5000, accuracy 0.2500, 14.0 s left
        epoch 1 of 3, round 6 of 10: 50 images/s, loss 0.5000, accuracy 0.2500, 8.0 s left
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void anAccuracyThatHasNoMeaningIsADash() {
    start();
    written.reset();
    progress.onRound(new RoundResult(1, 1, 1, 4, 100, 1, Double.NaN, 0.1f, seconds(6), "x"));
    progress.onEpoch(new EpochResult(1, 1.25, Double.NaN, 0.75, Double.NaN, 4000, seconds(2)));
    progress.onEnd(
        new TrainingSummary(0.25, Double.NaN, seconds(1), 1, 1, "x", 6, false, 3, false));
    assertEquals(
        """
        epoch 1 of 3, round 1 of 4: 17 images/s, loss 1.0000, accuracy -, 18.0 s left
            1/3    1.2500         -     0.7500          -      2,000      2.0
        Kept the weights of epoch 3: test loss 0.2500, accuracy -.
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void aFaultIsALine() {
    start();
    written.reset();
    progress.onFault(7, Fault.executorLost("1", "node7", "exit code 137"));
    progress.onFault(7, Fault.ofTask(Kind.TASK_FAILED, "1", "node7", 29, 0, 1, "lost"));
    progress.onFault(7, Fault.ofTask(Kind.TASK_RETRIED, "0", null, 29, 0, 2, null));
    progress.onFault(8, Fault.ofTask(Kind.RESULT_LOST, "1", "node7", 30, 1, 1, null));
    progress.onFault(8, Fault.ofTask(Kind.SPECULATIVE_ATTEMPT, "0", "node8", 31, 1, 2, null));
    progress.onFault(8, Fault.stageResubmitted(30, 2));
    progress.onFault(9, Fault.blockReadAgain("0", "node8", "rdd_9_1"));
    progress.onNonFinite(new NonFinite(1, 9, "worker 1, step 9, layer 'x'", 4, 0.5));
    assertEquals(
        """
        Round 7: executor 1 on node7 was lost (exit code 137); training goes on
        Round 7: task 0 of stage 29 failed on executor 1 on node7 (lost)
        Round 7: task 0 of stage 29 is done again on executor 0, attempt 2
        Round 8: the result of task 1 of stage 30 was lost
        Round 8: task 1 of stage 31 takes long, and is done on executor 0 on node8 as well
        Round 8: stage 30 is done again, attempt 2
        Round 9: block rdd_9_1 was lost, and is read again on executor 0 on node8
        Round 9: a value is not finite, worker 1, step 9, layer 'x'; going on from round 4 with learning rates times 0.5
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void lossAndAccuracyAreMeansOverTheEpochsExamples() {
    start();
    written.reset();
    progress.onRound(new RoundResult(1, 1, 1, 4, 100, 1, 0, 0.1f, seconds(2), "x"));
    progress.onRound(new RoundResult(1, 2, 2, 4, 300, 2, 1, 0.1f, seconds(4), "x"));
    assertEquals(
        "epoch 1 of 3, round 2 of 4: 67 images/s, loss 1.7500, accuracy 0.7500, 6.0 s left\n",
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void onATerminalALiveLineIsDrawnOverAndTakenAway() throws InterruptedException {
    ConsoleProgress live = new ConsoleProgress(new PrintStream(written, true, UTF_8), 80);
    Network network = Network.of(Shape.of(999), Dense.of(2));
    live.onStart(new TrainingStart("sample", network, 4000, 0, 2, new Every(16), 64, 3, 2));
    written.reset();
    for (int round = 1; round <= 2; round++) {
      live.onRound(new RoundResult(2, round, round, 2, 100, 0.5, 0.25, 0.1f, seconds(2), "x"));
      // The bar's own thread draws it, when its time has come.
      awaitDrawn("epoch 2/3 +" + 50 * round + "%.* " + round + "/2 .*");
    }
    live.onEpoch(new EpochResult(2, 0.5, 0.25, null, null, 200, seconds(4)));
    String[] drawn = written.toString(UTF_8).split("\r");
    assertEquals("", drawn[drawn.length - 2].strip(), "the line must be blank in the end");
    assertEquals(
        "    2/3    0.5000    0.2500          -          -         50      4.0",
        drawn[drawn.length - 1].stripTrailing());
    assertEquals(1, written.toString(UTF_8).chars().filter(c -> c == '\n').count());
  }

  @Test
  void theLiveLineIsAsWideAsTheTerminal() throws InterruptedException {
    for (int columns : new int[] {60, 132}) {
      ConsoleProgress live = new ConsoleProgress(new PrintStream(written, true, UTF_8), columns);
      Network network = Network.of(Shape.of(999), Dense.of(2));
      live.onStart(new TrainingStart("sample", network, 4000, 0, 2, new Every(16), 64, 3, 2));
      written.reset();
      live.onRound(new RoundResult(2, 1, 1, 2, 100, 0.5, 0.25, 0.1f, seconds(2), "x"));
      awaitDrawn(".{" + (columns - 1) + "}");
      live.close();
      assertTrue(
          Arrays.stream(written.toString(UTF_8).split("\r")).allMatch(l -> l.length() < columns));
    }
  }

  /** Waits until a line that was drawn matches. */
  private void awaitDrawn(String line) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    synchronized (written) {
      while (Arrays.stream(written.toString(UTF_8).split("\r")).noneMatch(l -> l.matches(line))) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        assertTrue(left > 0, () -> "never drawn: " + line + "\n" + written.toString(UTF_8));
        written.wait(left);
      }
    }
  }

  @Test
  void aTrainingThatKeepsItsBestWeightsSaysWhich() {
    start();
    written.reset();
    progress.onEnd(new TrainingSummary(0.25, 0.875, seconds(1), 1, 1, "x", 6, false, 2, true));
    progress.onEnd(new TrainingSummary(0.25, 0.875, seconds(1), 1, 1, "x", 6, false, 3, false));
    assertEquals(
        """
        Stopped early: the test examples showed no more progress.
        Kept the weights of epoch 2: test loss 0.2500, accuracy 0.8750.
        Kept the weights of epoch 3: test loss 0.2500, accuracy 0.8750.
        """,
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void aStoppedTrainingSaysSo() {
    start();
    written.reset();
    progress.onEnd(new TrainingSummary(null, null, seconds(1), 1, 1, "x", 4, true, null, false));
    assertEquals(
        "Stopped before the end, after 4 rounds.\n",
        written.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }
}
