package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.RoundResult;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.frequency.Staged.Stage;
import dev.convoy.train.round.RoundTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrequencyReportTest {
  private static final Staged STAGED =
      new Staged(List.of(new Stage(1, 1, 8), new Stage(2, 1, 469)), 1024);

  private static List<String> lines(int roundsPerEpoch) {
    FrequencyReport report = new FrequencyReport();
    for (int round = 1; round <= 2; round++) {
      RoundTime time = new RoundTime(0.94, 0.05, 0.01);
      report.onRound(
          new RoundResult(1, round, round, roundsPerEpoch, 64, 1, 0.5, 0.1f, time, "hash"));
    }
    return report.lines(STAGED);
  }

  @Test
  void theShareAndTheWayToRepeatAreTold() {
    assertEquals(
        List.of(
            "Averaged every 8 steps at first, every 469 steps in the end; in the 2 rounds since the"
                + " last change, waiting and averaging took 6.0% of the time.",
            "The same bits again: --set 'distribution.averagingFrequency={staged: {stages: [{epoch:"
                + " 1, round: 1, steps: 8}, {epoch: 2, round: 1, steps: 469}], maximum: 1024}}'"),
        lines(4));
  }

  @Test
  void roundsThatCanBeNoLongerAreTold() {
    assertEquals(
        "Averaged every 8 steps at first, every 469 steps in the end; in the 2 rounds since the"
            + " last change, waiting and averaging took 6.0% of the time (a round is an epoch, and"
            + " can be no longer).",
        lines(1).get(0));
  }
}
