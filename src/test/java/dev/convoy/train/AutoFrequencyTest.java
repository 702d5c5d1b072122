package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the clock of a run said, what it chose is enough to come to its bits. */
class AutoFrequencyTest {
  /**
   * Of two rounds at least: enough for all the looks that there may be, whatever the clock says.
   */
  private static final int EPOCHS = 120;

  private static final TrainingPlan PLAN = plan(new Auto(2, 16, 0.05));

  private final List<FrequencyMeasurement> measured = new ArrayList<>();

  private static TrainingPlan plan(AveragingFrequency frequency) {
    TrainingPlan constant =
        SmallTraining.plan(
            SmallTraining.NETWORK, Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 131, 2, 4, 1, true);
    return SmallTraining.withFrequency(
        SmallTraining.with(constant, constant.schedule(), null, EPOCHS, null), frequency, 2);
  }

  private static Checkpoint first(TrainingPlan plan) {
    return Checkpoint.initial(plan, plan.network().initialWeights(plan.seed()));
  }

  private Trainer trainer(TrainingPlan plan) {
    return trainer(plan, Checkpointing.NONE);
  }

  private Trainer trainer(TrainingPlan plan, Checkpointing checkpointing) {
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onFrequency(FrequencyMeasurement measurement) {
            measured.add(measurement);
          }
        };
    return new Trainer(plan, rounds, new HeldOut(null, null), listener, () -> false, checkpointing);
  }

  @Test
  void aJobWithTheScheduleThatWasChosenComesToTheSameBits() {
    Trainer trainer = trainer(PLAN);
    State end = trainer.run(first(PLAN));
    Staged chosen = assertInstanceOf(Staged.class, trainer.followed().frequency());
    assertEquals(chosen, measured.get(measured.size() - 1).choice().schedule());
    assertEquals(16, chosen.maximum());
    State again = trainer(plan(chosen)).run(first(plan(chosen)));
    Bits.assertSame(end.parameters(), again.parameters(), chosen.toString());
    Bits.assertSame(end.optimizerState(), again.optimizerState(), chosen.toString());
    assertEquals(end.round(), again.round());
  }

  /** Of those before it was settled as well: then more may be chosen, and is recorded. */
  @Test
  void fromEveryCheckpointTheRunIsTheOneThatItsScheduleTells() {
    List<Checkpoint> all = new ArrayList<>();
    State end = trainer(PLAN, (now, due) -> all.add(now)).run(first(PLAN));
    assertTrue(all.get(all.size() - 1).choice().settled());
    int settled = 0;
    for (int i = 0; i < all.size(); i += all.size() / 9) {
      Checkpoint checkpoint = all.get(i);
      measured.clear();
      Trainer resumed = trainer(PLAN);
      State resumedEnd = resumed.run(checkpoint);
      Staged chosen = (Staged) resumed.followed().frequency();
      List<Staged.Stage> before = checkpoint.choice().schedule().stages();
      assertEquals(before, chosen.stages().subList(0, before.size()));
      State again = trainer(plan(chosen)).run(first(plan(chosen)));
      Bits.assertSame(resumedEnd.parameters(), again.parameters(), chosen.toString());
      if (checkpoint.choice().settled()) {
        settled++;
        assertEquals(List.of(), measured);
        Bits.assertSame(end.parameters(), resumedEnd.parameters(), "round " + checkpoint.round());
      }
    }
    assertTrue(settled > 1, "some of " + all.size());
  }

  @Test
  void eachChoiceIsInACheckpointThatIsDueBeforeItsFirstRound() {
    List<Checkpoint> due = new ArrayList<>();
    Checkpointing ofDue =
        (now, isDue) -> {
          if (isDue) {
            due.add(now);
          }
        };
    trainer(PLAN, ofDue).run(first(PLAN));
    List<FrequencyChoice> expected = new ArrayList<>();
    for (FrequencyMeasurement measurement : measured) {
      if (expected.isEmpty() || !expected.contains(measurement.choice())) {
        expected.add(measurement.choice());
      }
    }
    for (FrequencyChoice choice : expected) {
      boolean changed = choice.settled() || choice.schedule().stages().size() > 1;
      assertTrue(!changed || due.stream().anyMatch(c -> c.choice().equals(choice)));
    }
    assertTrue(due.get(due.size() - 1).epoch() > PLAN.epochs());
  }
}
