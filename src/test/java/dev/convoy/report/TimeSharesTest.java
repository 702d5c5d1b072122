package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.RoundTime;
import org.junit.jupiter.api.Test;

class TimeSharesTest {
  @Test
  void aTrainingThatComputesIsLeftInPeace() {
    assertEquals(
        "Time: computing 80.0%, waiting for Spark 15.0%, averaging 5.0%.",
        TimeShares.line(new RoundTime(16, 3, 1), Averaging.PARAMETERS));
  }

  @Test
  void aTrainingThatWaitsIsToldWhatToDo() {
    RoundTime time = new RoundTime(7, 2, 1);
    assertEquals(
        "Time: computing 70.0%, waiting for Spark 20.0%, averaging 10.0%."
            + " A larger distribution.averagingFrequency makes more of it computing.",
        TimeShares.line(time, Averaging.PARAMETERS));
    assertEquals(
        "Time: computing 70.0%, waiting for Spark 20.0%, averaging 10.0%."
            + " A larger training.batchSize, or averaging parameters, makes more of it computing.",
        TimeShares.line(time, Averaging.GRADIENTS));
  }

  @Test
  void noTimeHasNoShares() {
    assertEquals(
        "Time: computing 0.0%, waiting for Spark 0.0%, averaging 0.0%.",
        TimeShares.line(RoundTime.NONE, Averaging.PARAMETERS));
  }
}
