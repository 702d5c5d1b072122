package dev.convoy.testing;

import dev.convoy.nn.Weights;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TestHistory;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** A state and contributions of made-up values, to be averaged. */
public final class RandomRound {
  private RandomRound() {}

  /** A state of a plan in its eleventh round. */
  public static State state(TrainingPlan plan, long seed) {
    int parameters = plan.network().parameterCount();
    return new State(
        new Weights(
            values(parameters, seed, 1, false),
            values(plan.network().bufferCount(), seed, 2, true)),
        values(plan.optimizer().stateSize(parameters), seed, 3, true),
        10,
        10,
        TestHistory.EMPTY,
        plan.outer() == null ? new float[0] : values(parameters, seed, 4, false));
  }

  /** Contributions of workers with shares of their own; this one, if any, had no example. */
  public static List<Contribution> contributions(TrainingPlan plan, int idle, long seed) {
    List<Contribution> contributions = new ArrayList<>();
    for (int k = 0; k < plan.workers(); k++) {
      contributions.add(k == idle ? Contribution.none(k) : contribution(plan, k, seed + 100 * k));
    }
    return contributions;
  }

  private static Contribution contribution(TrainingPlan plan, int worker, long seed) {
    int parameters = plan.network().parameterCount();
    boolean steps = plan.averaging() == Averaging.PARAMETERS;
    int examples = 7 + worker % 3;
    return new Contribution(
        worker,
        values(parameters, seed, 5, false),
        values(plan.network().bufferCount(), seed, 6, true),
        steps ? values(plan.optimizer().stateSize(parameters), seed, 7, true) : new float[0],
        examples,
        examples,
        examples,
        steps ? 1 + worker % 2 : 1,
        1,
        1,
        null,
        "seat",
        0);
  }

  private static float[] values(int count, long seed, int what, boolean positive) {
    SeededRandom random = SeededRandom.of(seed, Purpose.DEAL, what);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      float value = (random.nextInt(1 << 24) - (1 << 23)) * 0x1p-22f;
      values[i] = positive ? Math.abs(value) : value;
    }
    return values;
  }
}
