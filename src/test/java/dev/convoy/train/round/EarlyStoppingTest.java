package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Constant;
import dev.convoy.optim.ReduceOnPlateau;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.round.EarlyStopping.Metric;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EarlyStoppingTest {
  private static final int EPOCHS = 40;

  /** So few examples that the network soon knows them by heart, and the test loss rises. */
  private static final int EXAMPLES = 24;

  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<RoundResult> rounds = new ArrayList<>();
  private Trainer trainer;

  private State train(Averaging averaging, Schedule schedule, EarlyStopping stopping) {
    return train(averaging, schedule, stopping, Integer.MAX_VALUE);
  }

  /** Trains until the end or so many rounds, and hears of every epoch. */
  private State train(
      Averaging averaging, Schedule schedule, EarlyStopping stopping, int roundsAtMost) {
    TrainingPlan plan =
        SmallTraining.with(
            SmallTraining.plan(
                SmallTraining.NETWORK, Sgd.of(0.2f, 0.9f), averaging, EXAMPLES, 2, 4, 1, true),
            schedule,
            null,
            EPOCHS,
            stopping);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRound(RoundResult round) {
            rounds.add(round);
          }

          @Override
          public void onEpoch(EpochResult epoch) {
            epochs.add(epoch);
          }
        };
    epochs.clear();
    rounds.clear();
    LocalRounds workers =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    trainer = new Trainer(plan, workers, test(plan), listener, () -> rounds.size() >= roundsAtMost);
    return trainer.run(State.initial(plan, plan.network().initialWeights(plan.seed())));
  }

  private static Function<Weights, Evaluation> test(TrainingPlan plan) {
    int[] ids = IntStream.range(1000, 1060).toArray();
    ImageBlock images = SmallTraining.block(ids, 0, ids.length);
    return weights ->
        new Evaluator(plan.network(), weights, plan.normalization(), Kernels.chosen())
            .evaluate(images, plan.loss());
  }

  private static TestHistory losses(double... losses) {
    return new TestHistory(losses, new double[losses.length]);
  }

  @Test
  void theBestEpochIsTheLastThatBeatTheBestBeforeIt() {
    EarlyStopping stopping = new EarlyStopping(2, 0, null);
    assertEquals(0, stopping.bestEpoch(losses()));
    assertFalse(stopping.stops(losses()));
    assertEquals(1, stopping.bestEpoch(losses(3)));
    assertEquals(2, stopping.bestEpoch(losses(3, 2, 2)));
    assertFalse(stopping.stops(losses(3, 2, 2)));
    assertTrue(stopping.stops(losses(3, 2, 2, 2.5)));
    assertFalse(stopping.stops(losses(3, 2, 2, 1.5)));
  }

  @Test
  void progressMustBeMoreThanMinDelta() {
    EarlyStopping stopping = new EarlyStopping(1, 0.5, null);
    assertEquals(1, stopping.bestEpoch(losses(3, 2.5)));
    // Small steps add up: what counts is the best so far, not the epoch before.
    assertEquals(4, stopping.bestEpoch(losses(3, 2.75, 2.5, 2.25)));
  }

  @Test
  void ofAccuraciesTheHigherIsBetter() {
    EarlyStopping stopping = new EarlyStopping(1, 0, Metric.TEST_ACCURACY);
    assertEquals(2, stopping.bestEpoch(new TestHistory(new double[3], new double[] {.5, .7, .6})));
  }

  @Test
  void aLossThatIsNotANumberIsNoProgress() {
    EarlyStopping stopping = new EarlyStopping(2, 0, null);
    assertEquals(1, stopping.bestEpoch(losses(3, Double.NaN)));
    assertEquals(2, stopping.bestEpoch(losses(Double.NaN, 3)));
    assertEquals(2, stopping.bestEpoch(losses(Double.POSITIVE_INFINITY, 3)));
    assertTrue(stopping.stops(losses(Double.NaN, Double.NaN, Double.NaN)));
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void aTrainingEndsAfterPatienceAndKeepsTheBestWeights(Averaging averaging) {
    train(averaging, new Constant(), null);
    List<EpochResult> whole = List.copyOf(epochs);
    List<RoundResult> all = List.copyOf(rounds);
    assertEquals(EPOCHS, whole.size());
    assertNull(trainer.summary().bestEpoch());
    assertFalse(trainer.summary().stoppedEarly());

    int best = 1;
    int last = 1;
    while (last < best + 3) {
      last++;
      if (whole.get(last - 1).testLoss() < whole.get(best - 1).testLoss()) {
        best = last;
      }
    }
    State kept = train(averaging, new Constant(), new EarlyStopping(3, 0, null));
    TrainingSummary summary = trainer.summary();
    assertEquals(last, epochs.size());
    assertEquals(best, summary.bestEpoch());
    assertTrue(best > 1, "it must have learned something");
    assertTrue(summary.stoppedEarly());
    assertFalse(summary.stopped());
    assertEquals(whole.get(best - 1).testLoss(), summary.testLoss());
    assertEquals(whole.get(best - 1).testAccuracy(), summary.testAccuracy());
    assertEquals(summary.testLoss(), trainer.keptTest().loss());
    String hash = Fingerprint.sha256(kept.parameters());
    assertEquals(hash, summary.weightsSha256());
    int perEpoch = all.size() / EPOCHS;
    assertEquals(all.get(best * perEpoch - 1).weightsSha256(), hash);
    assertNotEquals(all.get(last * perEpoch - 1).weightsSha256(), hash);
    assertEquals(best * perEpoch, kept.round());
    assertEquals(last * perEpoch, summary.rounds());
  }

  @Test
  void aTrainingThatGoesToItsEndKeepsTheBestWeightsToo() {
    train(Averaging.PARAMETERS, new Constant(), new EarlyStopping(EPOCHS, 0, Metric.TEST_LOSS));
    TrainingSummary summary = trainer.summary();
    assertEquals(EPOCHS, epochs.size());
    assertFalse(summary.stoppedEarly());
    double least = epochs.stream().mapToDouble(EpochResult::testLoss).min().orElseThrow();
    assertEquals(least, summary.testLoss());
    assertEquals(least, epochs.get(summary.bestEpoch() - 1).testLoss());
    assertTrue(summary.bestEpoch() < EPOCHS);
  }

  @Test
  void aTrainingThatIsStoppedKeepsTheBestOfItsWholeEpochs() {
    State kept = train(Averaging.PARAMETERS, new Constant(), new EarlyStopping(EPOCHS, 0, null), 4);
    assertEquals(1, epochs.size());
    assertEquals(1, trainer.summary().bestEpoch());
    assertTrue(trainer.summary().stopped());
    assertEquals(rounds.get(2).weightsSha256(), Fingerprint.sha256(kept.parameters()));
    kept = train(Averaging.PARAMETERS, new Constant(), new EarlyStopping(EPOCHS, 0, null), 2);
    assertNull(trainer.summary().bestEpoch());
    assertEquals(rounds.get(1).weightsSha256(), Fingerprint.sha256(kept.parameters()));
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void aPlateauOfTheTestLossLowersTheRateOfTheNextEpoch(Averaging averaging) {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5, 1, null, 0, null, null);
    State state = train(averaging, schedule, null);
    int perEpoch = rounds.size() / EPOCHS;
    double best = Double.POSITIVE_INFINITY;
    int without = 0;
    float rate = 0.2f;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int round = 0; round < perEpoch; round++) {
        assertEquals(rate, rounds.get(epoch * perEpoch + round).learningRate(), "epoch " + epoch);
      }
      double loss = epochs.get(epoch).testLoss();
      without = loss < best * (1 - 1e-4) ? 0 : without + 1;
      best = Math.min(best, without == 0 ? loss : best);
      if (without > 1) {
        rate /= 2;
        without = 0;
      }
    }
    assertTrue(rate < 0.1f, "the rate must have fallen more than once, but is " + rate);
    Bits.assertSame(state.parameters(), train(averaging, schedule, null).parameters(), "again");
    assertFalse(
        java.util.Arrays.equals(
            state.parameters(), train(averaging, new Constant(), null).parameters()));
  }

  @Test
  void withoutTestExamplesBothAreRefused() {
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.NETWORK, Sgd.of(1, 0), Averaging.PARAMETERS, 9, 1, 1, 2, true);
    for (TrainingPlan needing :
        List.of(
            SmallTraining.with(plan, new Constant(), null, 2, new EarlyStopping(1, 0, null)),
            SmallTraining.with(
                plan, new ReduceOnPlateau(null, 1, null, 0, null, null), null, 2, null))) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new Trainer(needing, null, null, new TrainingListener() {}, () -> false));
      assertEquals(
          "Early stopping and a schedule by test loss need validation or test examples, but there"
              + " are none",
          e.getMessage());
    }
  }
}
