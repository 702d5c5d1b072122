package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTimeTest {
  private static Contribution of(int worker, String seat, double seconds) {
    float[] none = new float[0];
    return new Contribution(worker, none, none, none, 1, 1, 1, 1, 1, 1, null, seat, seconds);
  }

  @Test
  void theSlowestWorkerCountsWhereEachHasACore() {
    List<Contribution> contributions = List.of(of(0, "a", 2), of(1, "b", 3), of(2, "c", 1));
    assertEquals(new RoundTime(3, 1, 0.5), RoundTime.of(contributions, 4, 0.5));
  }

  @Test
  void workersThatTakeTurnsAreAddedUp() {
    List<Contribution> contributions = List.of(of(0, "a", 2), of(1, "b", 3), of(2, "a", 2));
    assertEquals(new RoundTime(4, 1, 0.5), RoundTime.of(contributions, 5, 0.5));
  }

  @Test
  void aClockThatRunsFastGivesNoNegativeTime() {
    assertEquals(new RoundTime(4, 0, 1), RoundTime.of(List.of(of(0, "a", 4.001)), 4, 1));
    assertEquals(new RoundTime(0, 4, 1), RoundTime.of(List.of(Contribution.none(0)), 4, 1));
  }

  @Test
  void anEpochAndATrainingAreTheSumsOfTheirRounds() {
    List<RoundTime> rounds = new ArrayList<>();
    List<RoundTime> epochs = new ArrayList<>();
    List<RoundTime> whole = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRound(RoundResult round) {
            rounds.add(round.time());
          }

          @Override
          public void onEpoch(EpochResult epoch) {
            epochs.add(epoch.time());
          }

          @Override
          public void onEnd(TrainingSummary summary) {
            whole.add(summary.time());
          }
        };
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.NETWORK, Sgd.of(0.1f, 0), Averaging.PARAMETERS, 40, 2, 5, 2, false);
    final long start = System.nanoTime();
    SmallTraining.run(plan, Kernels.chosen(), listener);
    double elapsed = (System.nanoTime() - start) * 1e-9;
    for (RoundTime round : rounds) {
      assertTrue(round.computeSeconds() > 0, round::toString);
      assertTrue(round.averageSeconds() > 0, round::toString);
    }
    RoundTime sum = rounds.stream().reduce(RoundTime.NONE, RoundTime::plus);
    // The workers take turns here: next to nothing is waiting.
    assertTrue(sum.computeSeconds() > sum.waitSeconds(), sum::toString);
    assertEquals(sum.seconds(), whole.get(0).seconds(), 1e-12);
    assertEquals(sum.seconds(), epochs.stream().mapToDouble(RoundTime::seconds).sum(), 1e-12);
    assertTrue(sum.seconds() <= elapsed);
  }
}
