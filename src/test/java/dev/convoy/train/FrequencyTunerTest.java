package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.frequency.Staged.Stage;
import dev.convoy.train.round.RoundTime;
import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which steps follow from which times, by a clock that the test sets. */
class FrequencyTunerTest {
  /** 1,000 steps an epoch in one block. */
  private static final Sampler DEAL = new Sampler(4000, 2, 2, 1000, true, 1, 2000);

  private static final Auto AUTO = new Auto(8, 1000, 0.05);

  /** What rounds of a step of a millisecond take, with so many milliseconds beyond. */
  private static RoundTime time(int steps, double stepMillis, double beyondMillis) {
    return new RoundTime(1e-3 * stepMillis * steps, 0.6e-3 * beyondMillis, 0.4e-3 * beyondMillis);
  }

  private static List<FrequencyMeasurement> run(
      FrequencyTuner tuner, int rounds, IntFunction<double[]> millis) {
    List<FrequencyMeasurement> found = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      int steps = tuner.choice().schedule().lastSteps();
      double[] step = millis.apply(round);
      FrequencyMeasurement measurement =
          tuner.after(1, round + 1, steps, time(steps, step[0], step[1]));
      if (measurement != null) {
        found.add(measurement);
      }
    }
    return found;
  }

  @Test
  void waitingAndAveragingTakeLessThanTheShareAtTheStepsThatItPicks() {
    for (double share : new double[] {0.01, 0.05, 0.2}) {
      for (double beyond : new double[] {0.05, 1, 3, 8}) {
        Auto auto = new Auto(8, 1000, share);
        FrequencyTuner tuner = new FrequencyTuner(auto, DEAL, null);
        run(tuner, 200, round -> new double[] {1, beyond});
        int steps = tuner.choice().schedule().lastSteps();
        double found = time(steps, 1, beyond).overhead();
        assertTrue(found <= share, share + ", " + beyond + ": " + found);
        assertTrue(tuner.choice().settled());
        boolean fewerWouldDo = time(steps / 2, 1, beyond).overhead() <= share / 2;
        assertFalse(fewerWouldDo, steps + " steps are more than needed at " + beyond);
      }
    }
  }

  @Test
  void aChoiceThatHoldsIsMeasuredOnceMoreAndStays() {
    FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
    List<FrequencyMeasurement> found = run(tuner, 300, round -> new double[] {1, 3});
    assertEquals(2, found.size());
    assertFalse(found.get(0).choice().settled());
    assertTrue(found.get(1).choice().settled());
    assertEquals(
        List.of(new Stage(1, 1, 8), new Stage(1, 9, 84)), tuner.choice().schedule().stages());
    assertEquals(0.001, found.get(0).stepSeconds(), 1e-9);
    assertEquals(0.003, found.get(0).beyondSeconds(), 1e-9);
  }

  @Test
  void codeThatIsCompiledMeanwhileIsMeasuredAgain() {
    FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
    run(tuner, 300, round -> round <= 10 ? new double[] {10, 9} : new double[] {1, 3});
    assertEquals(84, tuner.choice().schedule().lastSteps());
    assertTrue(tuner.choice().schedule().stages().size() > 2);
  }

  @Test
  void someSlowRoundsMoveNothing() {
    FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
    run(tuner, 300, round -> round % 4 == 3 ? new double[] {30, 900} : new double[] {1, 3});
    assertEquals(
        List.of(new Stage(1, 1, 8), new Stage(1, 9, 84)), tuner.choice().schedule().stages());
  }

  /** However restless a cluster is. */
  @Test
  void changesAreBounded() {
    FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
    SeededRandom random = SeededRandom.of(3, Purpose.DEAL);
    run(tuner, 2000, round -> new double[] {1, 1 + 100 * random.nextInt(9)});
    assertTrue(tuner.choice().settled());
    assertTrue(tuner.choice().schedule().stages().size() <= 6);
    assertTrue(run(tuner, 2000, round -> new double[] {1, 1}).isEmpty());
  }

  /** A round of a step or two at an epoch's end costs as much as a whole one. */
  @Test
  void roundsDivideAnEpochEvenly() {
    for (int beyond = 1; beyond < 40; beyond++) {
      double millis = beyond;
      FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
      run(tuner, 300, round -> new double[] {1, millis});
      int steps = tuner.choice().schedule().lastSteps();
      int last = (1000 - 1) % steps + 1;
      assertTrue(steps - last <= 1000 / steps, steps + " steps, and at the end " + last);
    }
  }

  @Test
  void atMostAnEpochIsARoundAndAtLeastAStep() {
    FrequencyTuner slow = new FrequencyTuner(AUTO, DEAL, null);
    run(slow, 300, round -> new double[] {0.01, 1000});
    assertEquals(1000, slow.choice().schedule().lastSteps());
    FrequencyTuner bounded = new FrequencyTuner(new Auto(8, 50, 0.05), DEAL, null);
    run(bounded, 300, round -> new double[] {0.01, 1000});
    assertEquals(50, bounded.choice().schedule().lastSteps());
    FrequencyTuner quick = new FrequencyTuner(AUTO, DEAL, null);
    run(quick, 300, round -> new double[] {1000, 0.001});
    assertEquals(1, quick.choice().schedule().lastSteps());
  }

  @Test
  void aSettledChoiceIsNeverMeasuredAgain() {
    FrequencyTuner tuner = new FrequencyTuner(AUTO, DEAL, null);
    run(tuner, 300, round -> new double[] {1, 3});
    FrequencyTuner resumed = new FrequencyTuner(AUTO, DEAL, tuner.choice());
    assertTrue(run(resumed, 300, round -> new double[] {1, 30}).isEmpty());
    assertEquals(tuner.choice(), resumed.choice());
  }

  /** 1,024 batches of images as large as photographs would not fit in an array. */
  @Test
  void roundsOfLargeImagesAreShorter() {
    assertEquals(1024, new Auto(null, null, null).fitting(64 * 784).maximum());
    assertEquals(6, new Auto(null, null, null).fitting(64 * 150_528L).maximum());
    assertEquals(1, new Auto(null, null, null).fitting(1L << 40).maximum());
  }
}
