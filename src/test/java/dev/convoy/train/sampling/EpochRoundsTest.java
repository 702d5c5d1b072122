package dev.convoy.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Polynomial;
import dev.convoy.optim.ReduceOnPlateau;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.frequency.PostLocal;
import dev.convoy.train.frequency.Quadratic;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.frequency.Staged.Stage;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rounds whose steps vary. */
class EpochRoundsTest {
  private static final List<AveragingFrequency> FREQUENCIES =
      List.of(
          new Every(3),
          new PostLocal(1, null, null, 6),
          new PostLocal(null, 5L, 2, 6),
          new PostLocal(null, 3L, 7, 1),
          new Quadratic(0.3, 1, 8),
          new Quadratic(0.1, 2, 5),
          new Auto(3, 5, null),
          new Staged(List.of(new Stage(1, 1, 2), new Stage(1, 4, 5), new Stage(2, 2, 1)), 6));

  private static void forEachPlan(AveragingFrequency frequency, Consumer<TrainingPlan> check) {
    for (int examples : new int[] {7, 64, 100, 331}) {
      for (int workers : new int[] {1, 2, 3, 7}) {
        for (int batchSize : new int[] {1, 4}) {
          for (int roundsInBlock : new int[] {1, 2, 3}) {
            for (boolean shuffle : new boolean[] {false, true}) {
              TrainingPlan plan =
                  plan(frequency, examples, workers, batchSize, roundsInBlock, shuffle);
              try {
                check.accept(plan);
              } catch (AssertionError e) {
                throw new AssertionError(plan.sampler() + ": " + e.getMessage(), e);
              }
            }
          }
        }
      }
    }
  }

  private static TrainingPlan plan(
      AveragingFrequency frequency,
      int examples,
      int workers,
      int batchSize,
      int roundsInBlock,
      boolean shuffle) {
    TrainingPlan constant =
        SmallTraining.plan(
            SmallTraining.NETWORK,
            Sgd.of(0.1f, 0),
            Averaging.PARAMETERS,
            examples,
            workers,
            batchSize,
            1,
            shuffle);
    TrainingPlan falling =
        SmallTraining.with(
            constant, new Polynomial(null, 0.01, null, Pace.STEP, null), null, 2, null);
    return SmallTraining.withFrequency(falling, frequency, roundsInBlock);
  }

  @Test
  void everyExampleIsUsedExactlyOnceAnEpochHoweverRoundsVary() {
    for (AveragingFrequency frequency : FREQUENCIES) {
      forEachPlan(frequency, EpochRoundsTest::checkUse);
    }
  }

  private static void checkUse(TrainingPlan plan) {
    for (int epoch = 1; epoch <= 3; epoch++) {
      int[] used = new int[plan.sampler().examples()];
      int rounds = plan.roundsPerEpoch(epoch);
      for (int worker = 0; worker < plan.workers(); worker++) {
        for (int round = 1; round <= rounds; round++) {
          Assignment assignment = plan.assignment(epoch, round, worker);
          assertEquals(assignment.partition(), plan.partitions(epoch, round)[worker]);
          assertTrue(assignment.batches().length <= plan.frequency().most());
          for (int[] batch : assignment.batches()) {
            for (int position : batch) {
              used[plan.sampler().ids(assignment.partition())[position]]++;
            }
          }
        }
        assertTrue(plan.assignment(epoch, rounds + 1, worker).isIdle());
      }
      assertArrayEquals(IntStream.range(0, used.length).map(i -> 1).toArray(), used);
      assertTrue(Arrays.stream(plan.partitions(epoch, rounds)).anyMatch(p -> p >= 0));
    }
  }

  /** The walk, asked for the same number of steps each time, against the sampler's own rounds. */
  @Test
  void roundsOfOneLengthAreTheDealsOwn() {
    forEachPlan(new Every(3), EpochRoundsTest::checkConstant);
  }

  private static void checkConstant(TrainingPlan plan) {
    Sampler sampler = plan.sampler();
    EpochRounds rounds = new EpochRounds(sampler, 2, (done, round) -> 3);
    assertEquals(sampler.roundsPerEpoch(), rounds.count());
    for (int worker = 0; worker < plan.workers(); worker++) {
      for (int round = 1; round <= rounds.count() + 1; round++) {
        Assignment expected = sampler.assignment(2, round, worker);
        Assignment actual = sampler.assignment(2, worker, rounds.turn(round, worker));
        assertEquals(expected.partition(), actual.partition());
        assertTrue(Arrays.deepEquals(expected.batches(), actual.batches()));
      }
    }
  }

  @Test
  void theOrderOfExamplesDoesNotDependOnWhereRoundsBegin() {
    TrainingPlan constant = plan(new Every(6), 331, 3, 4, 2, true);
    for (AveragingFrequency frequency :
        List.of(
            new PostLocal(null, 9L, null, 6),
            new Quadratic(0.15, 1, 6),
            new PostLocal(2, null, 2, 6))) {
      TrainingPlan varying = SmallTraining.withFrequency(constant, frequency, 2);
      assertEquals(constant.sampler(), varying.sampler());
      for (int worker = 0; worker < 3; worker++) {
        assertEquals(order(constant, worker), order(varying, worker));
      }
      assertTrue(constant.roundsPerEpoch(1) < varying.roundsPerEpoch(1));
    }
  }

  /** A worker's batches of an epoch, one after the other. */
  private static List<String> order(TrainingPlan plan, int worker) {
    List<String> batches = new ArrayList<>();
    for (int round = 1; round <= plan.roundsPerEpoch(1); round++) {
      Assignment assignment = plan.assignment(1, round, worker);
      for (int[] batch : assignment.batches()) {
        batches.add(assignment.partition() + Arrays.toString(batch));
      }
    }
    return batches;
  }

  /** Steps of a worker's rounds in an epoch. */
  private static List<Integer> steps(TrainingPlan plan, int epoch) {
    return IntStream.rangeClosed(1, plan.roundsPerEpoch(epoch))
        .map(round -> plan.assignment(epoch, round, 0).batches().length)
        .boxed()
        .toList();
  }

  @Test
  void postLocalRoundsAreShortFirst() {
    TrainingPlan byEpochs = plan(new PostLocal(1, null, null, 5), 10, 1, 1, 2, false);
    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), steps(byEpochs, 1));
    assertEquals(List.of(5, 5), steps(byEpochs, 2));
    TrainingPlan bySteps = plan(new PostLocal(null, 14L, 2, 5), 10, 1, 1, 2, false);
    assertEquals(List.of(2, 2, 2, 2, 2), steps(bySteps, 1));
    assertEquals(List.of(2, 2, 5, 1), steps(bySteps, 2));
  }

  @Test
  void stagesBeginWithTheirRounds() {
    Staged stages =
        new Staged(List.of(new Stage(1, 1, 1), new Stage(1, 4, 3), new Stage(2, 2, 6)), 8);
    TrainingPlan plan = plan(stages, 16, 1, 1, 2, false);
    assertEquals(List.of(1, 1, 1, 3, 3, 3, 3, 1), steps(plan, 1));
    assertEquals(List.of(3, 6, 6, 1), steps(plan, 2));
    assertEquals(List.of(6, 6, 4), steps(plan, 3));
    assertEquals(8 + 4 + 3, plan.roundsBefore(4));
  }

  /** At the rates 0.1, 0.05 and 0.025, with alpha 0.2, H is 4, 16 and 64. */
  @Test
  void quadraticRoundsGrowAsTheRateFalls() {
    Quadratic rule = new Quadratic(0.2, 2, 60);
    assertEquals(4, rule.steps(1, 1, 1, 0.1));
    assertEquals(16, rule.steps(1, 1, 1, 0.05));
    assertEquals(60, rule.steps(1, 1, 1, 0.025));
    assertEquals(60, rule.steps(1, 1, 1, 0));
    assertEquals(2, rule.steps(1, 1, 1, 1));
    TrainingPlan constant = plan(new Every(8), 16, 1, 1, 2, false);
    TrainingPlan plan =
        SmallTraining.withFrequency(
            SmallTraining.with(constant, new Constant(), null, 2, null),
            new Quadratic(0.2, 1, 8),
            2);
    assertEquals(List.of(4, 4, 4, 4), steps(plan, 1));
  }

  @Test
  void aRuleByTheRateNeedsARateThatIsKnownBeforehand() {
    TrainingPlan constant = plan(new Every(4), 16, 1, 1, 2, false);
    TrainingPlan plateau =
        SmallTraining.with(
            constant, new ReduceOnPlateau(null, 0, null, 0, null, null), null, 2, null);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SmallTraining.withFrequency(plateau, new Quadratic(0.2, 1, 4), 2));
    assertEquals(
        "distribution.averagingFrequency must not follow the learning rate where that follows the"
            + " test loss, but was quadratic",
        e.getMessage());
  }

  @Test
  void trainingGoesThroughVaryingRoundsAndLongOnesAloneChangeNothingForOneWorker() {
    TrainingPlan constant = plan(new Every(6), 100, 1, 4, 2, true);
    TrainingPlan varying =
        SmallTraining.withFrequency(constant, new PostLocal(null, 9L, null, 6), 2);
    State expected = SmallTraining.run(constant, Kernels.chosen());
    State actual = SmallTraining.run(varying, Kernels.chosen());
    Bits.assertSame(expected.parameters(), actual.parameters(), "parameters");
    assertTrue(expected.round() < actual.round());
  }
}
