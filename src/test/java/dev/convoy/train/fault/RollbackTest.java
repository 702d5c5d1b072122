package dev.convoy.train.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Heard;
import dev.convoy.testing.ResumablePlan;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.HeldOut;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A training that goes back where a value is not finite, and on with a lower rate. */
class RollbackTest {
  private static final int EVERY = 4;
  private static final Recovery RECOVERY = new Recovery(EVERY, 0.5, 2);

  /** What was heard besides rounds and epochs. */
  private final List<NonFinite> nonFinite = new ArrayList<>();

  /** Every checkpoint that was offered, by rollbacks and round. */
  private final Map<String, Checkpoint> checkpoints = new TreeMap<>();

  private Checkpoint last;

  /** Rounds in which a worker's values overflow, by how often training went back before. */
  private record Overflow(RoundRunner rounds, Map<Integer, Integer> roundByRollbacks)
      implements RoundRunner {
    @Override
    public List<Contribution> run(State state, int epoch, int roundInEpoch) {
      List<Contribution> all = new ArrayList<>(rounds.run(state, epoch, roundInEpoch));
      if (roundByRollbacks.getOrDefault(state.rollbacks(), 0) == state.round() + 1) {
        Contribution c = all.get(1);
        all.set(
            1,
            new Contribution(
                1,
                c.values(),
                c.buffers(),
                c.optimizerState(),
                c.examples(),
                c.weight(),
                c.counted(),
                c.steps(),
                c.lossSum(),
                c.correct(),
                "step 9, layer 'x'",
                c.seat(),
                0));
      }
      return all;
    }

    @Override
    public void follow(TrainingPlan plan) {
      rounds.follow(plan);
    }

    @Override
    public State average(List<Contribution> contributions) {
      return rounds.average(contributions);
    }
  }

  private Trainer trainer(TrainingPlan plan, Map<Integer, Integer> overflows, Heard heard) {
    LocalRounds local =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRound(RoundResult round) {
            heard.onRound(round);
          }

          @Override
          public void onNonFinite(NonFinite event) {
            nonFinite.add(event);
          }
        };
    return new Trainer(
        plan,
        new Overflow(local, overflows),
        new HeldOut(null, ResumablePlan.test(plan)),
        listener,
        () -> false,
        (now, ends) -> {
          last = now;
          checkpoints.put(now.state().rollbacks() + "." + (100 + now.round()), now);
        });
  }

  private static TrainingPlan plan(float rate) {
    return SmallTraining.plan(
            SmallTraining.EVERY_KIND, Sgd.of(rate, 0.9f), Averaging.PARAMETERS, 29, 2, 4, 2, true)
        .withRecovery(RECOVERY);
  }

  private static Checkpoint first(TrainingPlan plan) {
    return Checkpoint.initial(plan, plan.network().initialWeights(plan.seed()));
  }

  private static TrainingPlan longPlan(float rate) {
    TrainingPlan plan = plan(rate);
    return SmallTraining.with(plan, plan.schedule(), null, 6, null).withRecovery(RECOVERY);
  }

  @Test
  void goesBackToTheLastCheckpointAndOnAsWithTheLowerRate() {
    TrainingPlan plan = longPlan(0.25f);
    Heard heard = new Heard();
    State state = trainer(plan, Map.of(0, 7), heard).run(first(plan));
    assertEquals(1, nonFinite.size());
    assertEquals(new NonFinite(4, 7, "worker 1, step 9, layer 'x'", EVERY, 0.5), nonFinite.get(0));
    List<Integer> rounds =
        heard.events.stream().map(event -> ((RoundResult) event).round()).toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 5, 6, 7, 8), rounds.subList(0, 10));
    assertEquals(0.25f, ((RoundResult) heard.events.get(5)).learningRate());
    assertEquals(0.125f, ((RoundResult) heard.events.get(6)).learningRate());

    Checkpoint fourth = checkpoints.get("0.104");
    TrainingPlan slower = longPlan(0.125f);
    State expected = trainer(slower, Map.of(), new Heard()).run(fourth);
    Bits.assertSame(expected.parameters(), state.parameters(), "parameters");
    Bits.assertSame(expected.optimizerState(), state.optimizerState(), "optimizer state");
  }

  @Test
  void beforeTheFirstCheckpointItGoesBackToTheStart() {
    TrainingPlan plan = longPlan(0.25f);
    State state = trainer(plan, Map.of(0, 3), new Heard()).run(first(plan));
    assertEquals(0, nonFinite.get(0).backTo());
    TrainingPlan slower = longPlan(0.125f);
    State expected = trainer(slower, Map.of(), new Heard()).run(first(slower));
    Bits.assertSame(expected.parameters(), state.parameters(), "parameters");
  }

  /**
   * Rates that fall by test losses, best weights and an end by early stopping are gone back too.
   */
  @Test
  void goesOnFromAnyOfItsCheckpointsToTheSameBits() {
    TrainingPlan plan = ResumablePlan.of(Averaging.PARAMETERS).withRecovery(RECOVERY);
    Map<Integer, Integer> overflows = Map.of(0, 7, 1, 10);
    Heard whole = new Heard();
    State expected = trainer(plan, overflows, whole).run(first(plan));
    assertEquals(List.of(4, 8), nonFinite.stream().map(NonFinite::backTo).toList());
    assertEquals(0.25, nonFinite.get(1).learningRateFactor());
    Map<String, Checkpoint> all = new TreeMap<>(checkpoints);
    assertTrue(all.size() > 20, () -> "" + all.keySet());
    all.forEach(
        (name, checkpoint) -> {
          Heard rest = new Heard();
          State state = trainer(plan, overflows, rest).run(checkpoint);
          Bits.assertSame(expected.parameters(), state.parameters(), "parameters, from " + name);
          assertEquals(whole.last(rest.events.size()), rest.events, name);
        });
  }

  @Test
  void endsAfterAsManyTimesAsWereAllowedAndLeavesTheStateBefore() {
    TrainingPlan plan = longPlan(0.25f);
    Map<Integer, Integer> overflows = Map.of(0, 7, 1, 7, 2, 7);
    NonFiniteException e =
        assertThrows(
            NonFiniteException.class, () -> trainer(plan, overflows, new Heard()).run(first(plan)));
    assertTrue(e.getMessage().contains("round 7 (epoch 4), worker 1, step 9"), e.getMessage());
    assertEquals(3, nonFinite.size());
    assertEquals(null, nonFinite.get(2).backTo());
    assertEquals(6, last.round());
    assertEquals(2, last.state().rollbacks());
  }
}
