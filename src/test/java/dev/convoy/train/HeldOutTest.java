package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Constant;
import dev.convoy.optim.ReduceOnPlateau;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.EarlyStopping.Metric;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Validation examples choose, and test examples judge, once. */
class HeldOutTest {
  private static final int EPOCHS = 40;

  /** So few that the network soon knows them by heart, and the loss on others rises. */
  private static final int EXAMPLES = 24;

  private final List<EpochResult> epochs = new ArrayList<>();

  /** The weights that each was asked for. */
  private final List<Weights> tested = new ArrayList<>();

  private Trainer trainer;

  private State train(Schedule schedule, EarlyStopping stopping, boolean validates) {
    TrainingPlan plan =
        SmallTraining.with(
            SmallTraining.plan(
                SmallTraining.NETWORK,
                Sgd.of(0.2f, 0.9f),
                Averaging.PARAMETERS,
                EXAMPLES,
                2,
                4,
                1,
                true),
            schedule,
            null,
            EPOCHS,
            stopping);
    epochs.clear();
    tested.clear();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            epochs.add(epoch);
          }
        };
    Function<Weights, Evaluation> watched = evaluator(plan, 1000);
    Function<Weights, Evaluation> other = evaluator(plan, 2000);
    HeldOut heldOut =
        validates
            ? new HeldOut(
                watched,
                weights -> {
                  tested.add(weights);
                  return other.apply(weights);
                })
            : new HeldOut(null, watched);
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    trainer = new Trainer(plan, rounds, heldOut, listener, () -> false, Checkpointing.NONE);
    return trainer.run(State.initial(plan, plan.network().initialWeights(plan.seed())));
  }

  private static Function<Weights, Evaluation> evaluator(TrainingPlan plan, int from) {
    int[] ids = IntStream.range(from, from + 40).toArray();
    ImageBlock images = SmallTraining.block(ids, 0, ids.length);
    return weights ->
        new Evaluator(plan.network(), weights, plan.normalization(), Kernels.chosen())
            .evaluate(images, plan.loss());
  }

  @Test
  void validationStopsAsTheSameTestDataWould() {
    for (Schedule schedule :
        List.of(new Constant(), new ReduceOnPlateau(0.5, 1, null, 0, null, null))) {
      State byTest = train(schedule, new EarlyStopping(3, 0, Metric.TEST_LOSS), false);
      List<EpochResult> before = List.copyOf(epochs);
      State kept = train(schedule, new EarlyStopping(3, 0, Metric.VALIDATION_LOSS), true);
      assertTrue(trainer.summary().stoppedEarly());
      assertArrayEquals(byTest.parameters(), kept.parameters());
      assertEquals(before.size(), epochs.size());
      for (int i = 0; i < before.size(); i++) {
        assertEquals(before.get(i).testLoss(), epochs.get(i).validationLoss());
        assertEquals(before.get(i).testAccuracy(), epochs.get(i).validationAccuracy());
        assertNull(epochs.get(i).testLoss());
        assertNull(epochs.get(i).testAccuracy());
      }
    }
  }

  @Test
  void theTestExamplesAreEvaluatedOnceOnTheWeightsThatAreKept() {
    for (EarlyStopping stopping :
        new EarlyStopping[] {null, new EarlyStopping(3, 0, Metric.VALIDATION_ACCURACY)}) {
      State kept = train(new Constant(), stopping, true);
      assertEquals(1, tested.size());
      assertArrayEquals(kept.parameters(), tested.get(0).parameters());
      TrainingSummary summary = trainer.summary();
      assertEquals(trainer.keptTest().loss(), summary.testLoss());
      assertNotEquals(summary.validationLoss(), summary.testLoss());
      int best = stopping == null ? EPOCHS : summary.bestEpoch();
      assertEquals(epochs.get(best - 1).validationLoss(), summary.validationLoss());
      assertEquals(epochs.get(best - 1).validationAccuracy(), summary.validationAccuracy());
    }
  }

  @Test
  void withoutValidationTheTestIsWatchedAndNoOtherFigureIsThere() {
    train(new Constant(), null, false);
    assertEquals(EPOCHS, epochs.size());
    epochs.forEach(epoch -> assertNull(epoch.validationLoss()));
    assertEquals(epochs.get(EPOCHS - 1).testLoss(), trainer.summary().testLoss());
    assertNull(trainer.summary().validationLoss());
  }
}
