package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.Weights;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private static TrainingPlan plan(Averaging averaging, int workers, float momentum) {
    return SmallTraining.plan(
        SmallTraining.NETWORK, Sgd.of(0.5f, momentum), averaging, 100, workers, 5, 1, true);
  }

  private static Contribution of(int worker, float[] values, float[] optimizerState, int examples) {
    return new Contribution(
        worker,
        values,
        new float[0],
        optimizerState,
        examples,
        examples,
        examples,
        2,
        1.5,
        1,
        null,
        "",
        0.1);
  }

  @Test
  void parametersAndOptimizerStateAreMeansWeightedByExamples() {
    State state = new State(Weights.of(new float[2]), new float[2], 10, 4);
    List<Contribution> contributions =
        List.of(
            of(0, new float[] {1, 10}, new float[] {8, 0}, 3),
            of(1, new float[] {5, -10}, new float[] {-8, 4}, 1));
    State after =
        Averaging.PARAMETERS.apply(plan(Averaging.PARAMETERS, 2, 0.9f), state, contributions);
    Bits.assertSame(new float[] {2, 5}, after.parameters(), "parameters");
    Bits.assertSame(new float[] {4, 1}, after.optimizerState(), "optimizer state");
    assertEquals(12, after.step());
    assertEquals(5, after.round());
    Bits.assertSame(new float[2], state.parameters(), "the state before");
  }

  @Test
  void gradientsAreSummedDividedByAllExamplesAndTakenInOneStep() {
    State state = new State(Weights.of(new float[] {1, 2}), new float[] {4, 0}, 10, 10);
    List<Contribution> contributions =
        List.of(
            new Contribution(
                0, new float[] {6, 1}, new float[0], new float[0], 3, 3, 3, 1, 1, 1, null, "", 0),
            new Contribution(
                1, new float[] {2, -9}, new float[0], new float[0], 1, 1, 1, 1, 1, 1, null, "", 0));
    State after =
        Averaging.GRADIENTS.apply(plan(Averaging.GRADIENTS, 2, 0.5f), state, contributions);
    // The mean gradient is (2, -2); v = v/2 + g = (4, -2); p -= v/2.
    Bits.assertSame(new float[] {4, -2}, after.optimizerState(), "optimizer state");
    Bits.assertSame(new float[] {-1, 3}, after.parameters(), "parameters");
    assertEquals(11, after.step());
    assertEquals(11, after.round());
  }

  @Test
  void aWorkerWithoutExamplesCountsForNothing() {
    State state = new State(Weights.of(new float[1]), new float[1], 0, 0);
    List<Contribution> contributions =
        List.of(
            Contribution.none(0), of(1, new float[] {3}, new float[] {7}, 5), Contribution.none(2));
    State after =
        Averaging.PARAMETERS.apply(plan(Averaging.PARAMETERS, 3, 0.9f), state, contributions);
    Bits.assertSame(new float[] {3}, after.parameters(), "parameters");
    Bits.assertSame(new float[] {7}, after.optimizerState(), "optimizer state");
  }

  private static Contribution weighingNothing(int worker, float[] values, float[] state) {
    return new Contribution(
        worker, values, new float[0], state, worker + 1, 0, 0, 1, 0, 0, null, "", 0.1);
  }

  /** As where all classes of a round have the weight 0. */
  @Test
  void aRoundThatWeighsNothingStaysFinite() {
    State state = new State(Weights.of(new float[] {5}), new float[] {4}, 0, 0);
    State mean =
        Averaging.PARAMETERS.apply(
            plan(Averaging.PARAMETERS, 2, 0.9f),
            state,
            List.of(
                weighingNothing(0, new float[] {3}, new float[] {6}),
                weighingNothing(1, new float[] {6}, new float[] {0})));
    Bits.assertSame(new float[] {5}, mean.parameters(), "parameters");
    Bits.assertSame(new float[] {2}, mean.optimizerState(), "optimizer state");
    State step =
        Averaging.GRADIENTS.apply(
            plan(Averaging.GRADIENTS, 2, 0.5f),
            state,
            List.of(
                weighingNothing(0, new float[] {3}, new float[0]),
                weighingNothing(1, new float[] {-6}, new float[0])));
    // Momentum goes on: v = v/2 = 2; p -= v/2.
    Bits.assertSame(new float[] {2}, step.optimizerState(), "optimizer state after a step");
    Bits.assertSame(new float[] {4}, step.parameters(), "parameters after a step");
  }

  /** In double 2^60 + 1 is 2^60: the sum tells in which order its parts were added. */
  @Test
  void contributionsAreAddedInWorkerOrder() {
    assertEquals(0.25f, mean(0x1p60f, -0x1p60f, 1, 0));
    assertEquals(0.25f, mean(1, 0x1p60f, -0x1p60f, 1));
    assertEquals(0f, mean(1, 0x1p60f, -0x1p60f, 0));
    assertEquals(0f, mean(0x1p60f, 1, -0x1p60f, 0));
  }

  private static float mean(float... values) {
    List<Contribution> contributions =
        IntStream.range(0, values.length)
            .mapToObj(k -> of(k, new float[] {values[k]}, new float[0], 7))
            .toList();
    TrainingPlan plan = plan(Averaging.PARAMETERS, values.length, 0);
    State state = new State(Weights.of(new float[1]), new float[0], 0, 0);
    return Averaging.PARAMETERS.apply(plan, state, contributions).parameters()[0];
  }

  @Test
  void valuesBeyondOneChunkAreAveragedToo() {
    int count = 10_001;
    float[] ones = new float[count];
    float[] threes = new float[count];
    for (int i = 0; i < count; i++) {
      ones[i] = i;
      threes[i] = 3 * i;
    }
    List<Contribution> contributions =
        List.of(of(0, ones, new float[0], 1), of(1, threes, new float[0], 1));
    State state = new State(Weights.of(new float[count]), new float[0], 0, 0);
    float[] mean =
        Averaging.PARAMETERS
            .apply(plan(Averaging.PARAMETERS, 2, 0), state, contributions)
            .parameters();
    for (int i = 0; i < count; i++) {
      assertEquals(2f * i, mean[i]);
    }
  }

  @Test
  void aMissingContributionIsRefused() {
    State state = new State(Weights.of(new float[1]), new float[0], 0, 0);
    List<Contribution> one = List.of(of(0, new float[1], new float[0], 1));
    TrainingPlan plan = plan(Averaging.PARAMETERS, 2, 0);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Averaging.PARAMETERS.apply(plan, state, one));
    assertEquals("A round needs 2 contributions, but got 1", e.getMessage());
  }

  @Test
  void gradientsAreNotAveragedAfterSeveralSteps() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SmallTraining.plan(
                    SmallTraining.NETWORK, Sgd.of(1f, 0), Averaging.GRADIENTS, 9, 1, 1, 2, true));
    assertEquals(
        "distribution.averagingFrequency must be 1 where gradients are averaged, but was 2",
        e.getMessage());
  }
}
