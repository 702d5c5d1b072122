package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.BFloat16;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contributions in two bytes a value. */
class ContributionFormatTest {
  private static TrainingPlan halved(TrainingPlan plan) {
    return plan.withContributions(ContributionFormat.BFLOAT16);
  }

  private static TrainingPlan plan(Averaging averaging) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 3;
    return SmallTraining.plan(
        SmallTraining.EVERY_KIND, Adam.of(0.01f), averaging, 50, 2, 4, steps, true);
  }

  private static List<Contribution> round(TrainingPlan plan, State state) {
    List<ImageBlock> blocks = SmallTraining.blocks(plan.sampler());
    return new LocalRounds(plan, blocks, Kernels.chosen()).run(state, 1, 1);
  }

  private static State first(TrainingPlan plan) {
    return State.initial(plan, plan.network().initialWeights(plan.seed()));
  }

  @Test
  void theChangeOfParametersIsRoundedAndNotTheyThemselves() {
    TrainingPlan plan = plan(Averaging.PARAMETERS);
    State state = first(plan);
    Contribution whole = round(plan, state).get(1);
    Contribution sent = round(halved(plan), state).get(1);
    for (int i = 0; i < sent.values().length; i++) {
      float change = whole.values()[i] - state.parameters()[i];
      assertEquals(BFloat16.round(change), sent.values()[i]);
    }
    for (int i = 0; i < sent.optimizerState().length; i++) {
      assertEquals(BFloat16.round(whole.optimizerState()[i]), sent.optimizerState()[i]);
    }
    Bits.assertSame(whole.buffers(), sent.buffers(), "buffers are sent as they are");
  }

  @Test
  void gradientsAreRoundedThemselves() {
    TrainingPlan plan = plan(Averaging.GRADIENTS);
    Contribution whole = round(plan, first(plan)).get(1);
    Contribution sent = round(halved(plan), first(plan)).get(1);
    for (int i = 0; i < sent.values().length; i++) {
      assertEquals(BFloat16.round(whole.values()[i]), sent.values()[i]);
    }
  }

  /** So small a rate changes weights by less than their own eighth bit is worth. */
  @Test
  void smallChangesAreNotLost() {
    TrainingPlan plan =
        halved(
            SmallTraining.plan(
                SmallTraining.NETWORK, Sgd.of(1e-5f, 0), Averaging.PARAMETERS, 50, 2, 4, 1, true));
    State state = first(plan);
    State after = plan.averaging().apply(plan, state, round(plan, state));
    int changed = 0;
    for (int i = 0; i < state.parameters().length; i++) {
      changed += state.parameters()[i] == after.parameters()[i] ? 0 : 1;
    }
    assertTrue(changed > state.parameters().length / 2, changed + " changed");
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void trainingEndsNearWhereItEndsWithWholeContributions(Averaging averaging) {
    TrainingPlan plan = plan(averaging);
    State whole = SmallTraining.run(plan, Kernels.chosen());
    State sent = SmallTraining.run(halved(plan), Kernels.chosen());
    assertNotEquals(whole.parameters()[0], sent.parameters()[0]);
    double squares = 0;
    double differences = 0;
    for (int i = 0; i < whole.parameters().length; i++) {
      squares += Math.pow(whole.parameters()[i], 2);
      differences += Math.pow(whole.parameters()[i] - sent.parameters()[i], 2);
    }
    assertTrue(differences < 1e-3 * squares, differences + " of " + squares);
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void scalarKernelsGiveTheBitsOfVectorKernels(Averaging averaging) {
    TrainingPlan plan = halved(plan(averaging));
    Bits.assertSame(
        SmallTraining.run(plan, Kernels.scalar()).parameters(),
        SmallTraining.run(plan, Kernels.vector()).parameters(),
        averaging.toString());
  }

  @Test
  void halfAsManyBytesAreSent() {
    TrainingPlan plan = plan(Averaging.PARAMETERS);
    long buffers = 4L * plan.network().bufferCount();
    assertEquals(plan.contributionBytes(), plan.sentBytes());
    assertEquals((plan.contributionBytes() - buffers) / 2 + buffers, halved(plan).sentBytes());
  }
}
