package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.Adadelta;
import dev.convoy.optim.Adagrad;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Adamax;
import dev.convoy.optim.Adamw;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.ClipByValue;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Nadam;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Rmsprop;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Slots;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to train that must come to the same. */
class EquivalenceTest {
  /** Two epochs of batches of 20, of which the last has 13: one worker has 3 of them, one none. */
  private static final int EXAMPLES = 133;

  /** Sums in another order differ by some 1e-7 a step; a wrong weight of a batch by 1e-2. */
  private static final double TOLERANCE = 2e-5;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Sgd.of(0.1f, 0),
        new Sgd(0.05f, 0, false, 0, 0.01f),
        Sgd.of(0.05f, 0.9f),
        new Sgd(0.05f, 0.9f, true, 0, 0.001f),
        Adam.of(0.003f),
        new Adam(0.003f, null, null, null, 0.01f, true, null),
        Adamw.of(0.003f, 0.1f),
        new Adamw(0.003f, 0.8f, 0.99f, null, 0.1f, true),
        Adamax.of(0.003f),
        Nadam.of(0.003f),
        Rmsprop.of(0.001f),
        new Rmsprop(0.001f, 0.9f, 1e-3f, 0.01f, 0.9f, true),
        Adagrad.of(0.01f),
        new Adagrad(0.01f, 0.1f, 0.01f, 0.25f, null),
        Adadelta.of(0.5f));
  }

  @Test
  void everyKindOfOptimizerIsAmongThem() {
    assertEquals(
        Set.of(Optimizer.class.getPermittedSubclasses()),
        optimizers().map(Object::getClass).collect(Collectors.toSet()));
  }

  static Stream<Arguments> clippings() {
    // Of values and norms as they are at the start, these bounds cut.
    return Stream.of(new ClipByValue(0.005f), new ClipByNorm(0.05f))
        .flatMap(
            clip ->
                Stream.of(Sgd.of(0.05f, 0.9f), Adam.of(0.003f)).map(o -> Arguments.of(clip, o)));
  }

  static Stream<Optimizer> linearOptimizers() {
    return optimizers().filter(Sgd.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void clippedGradientsAreAveragedFirst(Clipping clipping, Optimizer optimizer) {
    TrainingPlan four =
        SmallTraining.clipped(plan(optimizer, Averaging.GRADIENTS, 4, 5, 1), clipping);
    TrainingPlan one =
        SmallTraining.clipped(plan(optimizer, Averaging.GRADIENTS, 1, 20, 1), clipping);
    State distributed = SmallTraining.run(four, Kernels.chosen());
    assertClose(plainTraining(one), distributed);
    State unclipped =
        SmallTraining.run(plan(optimizer, Averaging.GRADIENTS, 4, 5, 1), Kernels.chosen());
    assertFalse(Arrays.equals(unclipped.parameters(), distributed.parameters()));
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void aWorkerClipsItsOwnStepsAlike(Clipping clipping, Optimizer optimizer) {
    TrainingPlan plan =
        SmallTraining.clipped(plan(optimizer, Averaging.PARAMETERS, 1, 20, 3), clipping);
    State actual = SmallTraining.run(plan, Kernels.chosen());
    Bits.assertSame(plainTraining(plan).parameters(), actual.parameters(), "parameters");
  }

  private static TrainingPlan plan(
      Optimizer optimizer, Averaging averaging, int workers, int batchSize, int steps) {
    return SmallTraining.plan(
        SmallTraining.NETWORK, optimizer, averaging, EXAMPLES, workers, batchSize, steps, false);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientAveragingOfFourWorkersEqualsOneBigBatch(Optimizer optimizer) {
    TrainingPlan four = plan(optimizer, Averaging.GRADIENTS, 4, 5, 1);
    State distributed = SmallTraining.run(four, Kernels.chosen());
    assertClose(plainTraining(plan(optimizer, Averaging.GRADIENTS, 1, 20, 1)), distributed);
    assertEquals(14, distributed.step());
    assertEquals(14, distributed.round());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientAveragingOfOneWorkerIsPlainTraining(Optimizer optimizer) {
    TrainingPlan plan = plan(optimizer, Averaging.GRADIENTS, 1, 20, 1);
    assertClose(plainTraining(plan), SmallTraining.run(plan, Kernels.chosen()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void parameterAveragingOfOneWorkerIsPlainTrainingToTheBit(Optimizer optimizer) {
    for (int steps : new int[] {1, 3, 16}) {
      TrainingPlan plan = plan(optimizer, Averaging.PARAMETERS, 1, 20, steps);
      State expected = plainTraining(plan);
      State actual = SmallTraining.run(plan, Kernels.chosen());
      Bits.assertSame(expected.parameters(), actual.parameters(), "H = " + steps);
      Bits.assertSame(expected.optimizerState(), actual.optimizerState(), "state, H = " + steps);
      assertEquals(expected.step(), actual.step());
    }
  }

  @ParameterizedTest
  @MethodSource("linearOptimizers")
  void parameterAveragingAfterEachStepOfDescentEqualsGradientAveraging(Optimizer optimizer) {
    for (int workers : new int[] {2, 4}) {
      assertClose(
          SmallTraining.run(plan(optimizer, Averaging.GRADIENTS, workers, 5, 1), Kernels.chosen()),
          SmallTraining.run(
              plan(optimizer, Averaging.PARAMETERS, workers, 5, 1), Kernels.chosen()));
    }
  }

  @Test
  void anOuterOptimizerOfRateOneWithoutMomentumIsPlainAveragingToTheBit() {
    TrainingPlan plain = plan(Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 4, 5, 2);
    State expected = SmallTraining.run(plain, Kernels.chosen());
    State same = SmallTraining.run(plain.withOuter(new Nesterov(1f, 0f)), Kernels.chosen());
    Bits.assertSame(expected.parameters(), same.parameters(), "parameters");
    State other = SmallTraining.run(plain.withOuter(new Nesterov(1f, 0.1f)), Kernels.chosen());
    assertFalse(Arrays.equals(expected.parameters(), other.parameters()));
  }

  @Test
  void gradientsHaveNoOuterOptimizer() {
    TrainingPlan plan = plan(Sgd.of(0.05f, 0), Averaging.GRADIENTS, 4, 5, 1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> plan.withOuter(new Nesterov(1f, 0f)));
    assertEquals(
        "distribution.outer needs averaging of parameters, but gradients are averaged",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void trainingLearns(int workers) {
    double[] losses = new double[2];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            losses[epoch.epoch() - 1] = epoch.trainLoss();
            assertEquals(EXAMPLES, epoch.examples());
          }
        };
    TrainingPlan plan = plan(Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, workers, 5, 2);
    SmallTraining.run(plan, Kernels.chosen(), listener);
    assertTrue(losses[1] < 0.9 * losses[0], losses[0] + " then " + losses[1]);
  }

  /** The loop that every textbook has: batch after batch in file order, epoch after epoch. */
  private static State plainTraining(TrainingPlan plan) {
    Kernels kernels = Kernels.chosen();
    int batchSize = plan.sampler().batchSize();
    Replica replica = new Replica(plan.network(), batchSize, kernels);
    BatchLoss loss = plan.loss().bind(SmallTraining.CLASSES, kernels);
    BatchFiller filler = new BatchFiller(plan.network().input(), plan.normalization());
    float[] parameters = replica.parameters();
    replica.use(plan.network().initialWeights(plan.seed()));
    Slots slots = new Slots(plan.optimizer(), parameters.length);
    slots.load(plan.optimizer().initialState(parameters.length));
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    ImageBlock images = SmallTraining.block(all, 0, EXAMPLES);
    int step = 0;
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      for (int from = 0; from < EXAMPLES; from += batchSize) {
        int count = Math.min(batchSize, EXAMPLES - from);
        filler.fill(images, all, from, count, replica.input(), 0);
        int[] labels = IntStream.range(from, from + count).map(SmallTraining::label).toArray();
        replica.forwardTraining(count, 0);
        loss.compute(replica.output(), labels, count, replica.outputGradient(), Reduction.MEAN);
        replica.backward();
        step++;
        if (plan.clipping() != null) {
          plan.clipping().clip(replica.gradients());
        }
        float rate = plan.optimizer().learningRate();
        plan.optimizer().step(parameters, replica.gradients(), slots.arrays(), step, rate);
      }
    }
    return new State(replica.weights(), slots.flat(), step, step);
  }

  private static void assertClose(State expected, State actual) {
    assertClose(expected.parameters(), actual.parameters(), "parameter ");
    assertClose(expected.optimizerState(), actual.optimizerState(), "optimizer state ");
  }

  private static void assertClose(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      Golden.assertClose(expected[i], actual[i], TOLERANCE, what + i);
    }
  }
}
