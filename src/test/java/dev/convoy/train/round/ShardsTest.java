package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.optim.Adam;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.ClipByValue;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Nadam;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.optim.Rmsprop;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.RandomRound;
import dev.convoy.testing.SmallTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A round folded shard by shard has the bits of the round folded whole. */
class ShardsTest {
  /** Some five stretches of parameters, the last of them short, and running statistics. */
  private static final Network NETWORK =
      Network.of(
          SmallTraining.IMAGE,
          Conv2d.of(4, 3),
          new BatchNorm2d(),
          new Flatten(),
          Dense.of(331),
          Dense.of(SmallTraining.CLASSES));

  private static final int PARAMETERS = NETWORK.parameterCount();

  static Stream<Arguments> plans() {
    List<Arguments> plans = new ArrayList<>();
    for (int workers = 1; workers <= 5; workers++) {
      for (Optimizer optimizer :
          List.of(Sgd.of(0.1f, 0), Sgd.of(0.1f, 0.9f), Adam.of(0.01f), Nadam.of(0.01f))) {
        plans.add(of(Averaging.PARAMETERS, optimizer, workers, null, null));
        plans.add(of(Averaging.GRADIENTS, optimizer, workers, null, null));
      }
      Optimizer rms = new Rmsprop(0.001f, 0.9f, 1e-3f, 0.01f, 0.9f, true);
      plans.add(of(Averaging.GRADIENTS, rms, workers, new ClipByValue(0.5f), null));
      plans.add(of(Averaging.GRADIENTS, rms, workers, new ClipByNorm(0.5f), null));
      plans.add(of(Averaging.PARAMETERS, rms, workers, new ClipByNorm(0.5f), null));
      plans.add(of(Averaging.PARAMETERS, rms, workers, null, new Nesterov(0.7f, 0.9f)));
    }
    return plans.stream();
  }

  private static Arguments of(
      Averaging averaging,
      Optimizer optimizer,
      int workers,
      Clipping clipping,
      OuterOptimizer outer) {
    TrainingPlan plan = SmallTraining.plan(NETWORK, optimizer, averaging, 99, workers, 5, 1, true);
    plan = SmallTraining.clipped(plan, clipping).withOuter(outer);
    String name = averaging + " " + workers + " " + optimizer + " " + clipping + " " + outer;
    return Arguments.of(name, plan);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void everyNumberOfShardsGivesTheBitsOfTheWholeFold(String name, TrainingPlan plan) {
    int most = Shards.atMost(PARAMETERS, PARAMETERS).count();
    assertTrue(most >= 4, "stretches: " + most);
    State state = RandomRound.state(plan, 1);
    for (int idle = -1; idle < (plan.workers() == 1 ? 0 : plan.workers()); idle++) {
      List<Contribution> contributions = RandomRound.contributions(plan, idle, 7);
      State whole = plan.averaging().apply(plan, state, contributions);
      assertFalse(Arrays.equals(state.parameters(), whole.parameters()));
      for (int count = 1; count <= most + 1; count++) {
        State sharded = inShards(plan, state, contributions, Shards.atMost(count, PARAMETERS));
        Bits.assertSame(whole.parameters(), sharded.parameters(), "parameters");
        Bits.assertSame(whole.buffers(), sharded.buffers(), "buffers");
        Bits.assertSame(whole.optimizerState(), sharded.optimizerState(), "optimizer state");
        Bits.assertSame(whole.outerMomentum(), sharded.outerMomentum(), "outer momentum");
        assertEquals(whole.step(), sharded.step());
        assertEquals(whole.round(), sharded.round());
      }
    }
  }

  /** As a cluster does it, the last shard first. */
  private static State inShards(
      TrainingPlan plan, State state, List<Contribution> contributions, Shards shards) {
    State light = state.withoutValues(plan);
    Fold fold = Fold.of(plan, light, contributions.stream().map(Contribution::report).toList());
    double[][] squares = new double[shards.count()][];
    for (int shard = 0; shard < shards.count(); shard++) {
      squares[shard] = fold.squares(plan, mean(fold, contributions, shards, shard));
    }
    double[] all = Arrays.stream(squares).flatMapToDouble(Arrays::stream).toArray();
    Shard next = Shard.room(plan, plan.tuning().stage(0));
    for (int shard = shards.count() - 1; shard >= 0; shard--) {
      Shard before = Shard.of(plan, state, shards.from(shard), shards.to(shard));
      Shard mean = mean(fold, contributions, shards, shard);
      next.put(shards.from(shard), fold.next(plan, shards.from(shard), before, mean, all));
    }
    return fold.state(plan, light, next, contributions);
  }

  private static Shard mean(Fold fold, List<Contribution> contributions, Shards shards, int shard) {
    List<Shard> parts = new ArrayList<>();
    for (Contribution contribution : contributions) {
      Shard whole = Shard.of(contribution);
      parts.add(whole == null ? null : whole.part(shards.from(shard), shards.to(shard)));
    }
    return fold.mean(parts);
  }

  @Test
  void shardsCoverAllParametersOnceInMultiplesOfAStretch() {
    for (int parameters : new int[] {0, 1, 4095, 4096, 4097, 20_000, 2_000_000_000}) {
      for (int count : new int[] {1, 2, 3, 7, 1000}) {
        Shards shards = Shards.atMost(count, parameters);
        assertTrue(shards.count() <= count);
        int next = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
          assertEquals(next, shards.from(shard));
          assertEquals(0, shards.from(shard) % Clipping.STRETCH);
          next = shards.to(shard);
        }
        assertEquals(parameters, next);
      }
    }
  }

  @Test
  void aSizeThatSplitsAStretchIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Shards(10_000, 5000));
    assertEquals("Shards.size must be a multiple of 4096, but was 5000", e.getMessage());
  }
}
