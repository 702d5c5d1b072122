package dev.convoy.train.round;

import dev.convoy.nn.TrainableValues;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Clipping;
import dev.convoy.train.tuning.TuningStage;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the contributions of a round become the next state: what is the same for all parameters. The
 * arithmetic on a stretch of them is a function of what state and contributions hold for that
 * stretch, so that shards may be folded anywhere, and one after the other or at once: the bits are
 * those of the whole folded in one place.
 *
 * @param averaging of the plan
 * @param factors of the contributions' values, in worker order
 * @param step optimizer steps that a worker has made after the round
 * @param tests how the epochs before the round did
 * @param rollbacks how often training went back before
 * @param unfrozenAt steps that were made before each unfreezing so far
 */
public record Fold(
    Averaging averaging,
    double[] factors,
    long step,
    TestHistory tests,
    int rollbacks,
    List<Long> unfrozenAt)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Values summed at a time: 32 KiB of doubles stay in the first cache. */
  private static final int CHUNK = 4096;

  /**
   * Returns the fold that ends a round.
   *
   * @param contributions one a worker, in worker order; their values are not looked at
   */
  public static Fold of(TrainingPlan plan, State state, List<Contribution> contributions) {
    if (contributions.size() != plan.workers()) {
      throw new IllegalArgumentException(
          "A round needs " + plan.workers() + " contributions, but got " + contributions.size());
    }
    long steps = contributions.stream().mapToLong(Contribution::steps).max().orElse(0);
    double weight = 0;
    for (Contribution contribution : contributions) {
      weight += contribution.weight();
    }
    Averaging averaging = plan.averaging();
    return new Fold(
        averaging,
        averaging.factors(contributions, weight),
        state.step() + steps,
        state.tests(),
        state.rollbacks(),
        state.unfrozenAt());
  }

  /**
   * Returns the weighted mean of what the workers contribute to a stretch: {@code Σ_k factor[k] ·
   * part[k]}, k ascending, in double precision.
   *
   * @param parts one a worker, in worker order; absent where one had no example
   */
  public Shard mean(List<@Nullable Shard> parts) {
    return new Shard(mean(parts, Shard::values), mean(parts, Shard::optimizerState), new float[0]);
  }

  /** Whether {@link #next} needs {@link #squares} of all stretches. */
  public boolean needsSquares(TrainingPlan plan) {
    Clipping clipping = plan.clipping();
    return averaging == Averaging.GRADIENTS && clipping != null && clipping.needsSquares();
  }

  /** Returns what a mean contributes to the norm of the whole, as clipping has it. */
  public double[] squares(TrainingPlan plan, Shard mean) {
    Clipping clipping = plan.clipping();
    return clipping != null && needsSquares(plan) ? clipping.squares(mean.values()) : new double[0];
  }

  /**
   * Returns what a stretch of the state becomes.
   *
   * @param from packed parameter with which the stretch begins
   * @param before the round
   * @param mean of the stretch; may be changed
   * @param squares of the whole, stretch after stretch
   */
  public Shard next(TrainingPlan plan, int from, Shard before, Shard mean, double[] squares) {
    return averaging.next(plan, this, from, before, mean, squares);
  }

  /** Returns the stage of training in which the round was. */
  public TuningStage stage(TrainingPlan plan) {
    return plan.tuning().stage(unfrozenAt.size());
  }

  /**
   * Returns the state after the round.
   *
   * @param next what its whole stretch became
   * @param contributions of the round, of which the buffers are joined here
   */
  public State state(
      TrainingPlan plan, State before, Shard next, List<Contribution> contributions) {
    TrainableValues trained = stage(plan).values();
    float[] buffers = before.buffers().clone();
    StatisticsAveraging.apply(plan.network(), trained.buffers(), contributions, buffers);
    float[] parameters = next.values();
    if (!trained.parameters().isAll()) {
      parameters = before.parameters().clone();
      trained.parameters().unpack(next.values(), parameters);
    }
    return new State(
        new Weights(parameters, buffers),
        next.optimizerState(),
        step,
        before.round() + 1,
        tests,
        next.outerMomentum(),
        rollbacks,
        unfrozenAt);
  }

  private float[] mean(List<@Nullable Shard> parts, Function<Shard, float[]> values) {
    int length =
        parts.stream().filter(Objects::nonNull).map(values).findFirst().orElseThrow().length;
    float[] target = new float[length];
    double[] sums = new double[Math.min(CHUNK, length)];
    for (int start = 0; start < length; start += CHUNK) {
      int count = Math.min(CHUNK, length - start);
      Arrays.fill(sums, 0);
      for (int k = 0; k < factors.length; k++) {
        Shard part = parts.get(k);
        if (part != null) {
          add(values.apply(part), start, count, factors[k], sums);
        }
      }
      for (int i = 0; i < count; i++) {
        target[start + i] = (float) sums[i];
      }
    }
    return target;
  }

  private static void add(float[] values, int start, int count, double factor, double[] sums) {
    for (int i = 0; i < count; i++) {
      sums[i] = Math.fma(factor, values[start + i], sums[i]);
    }
  }
}
