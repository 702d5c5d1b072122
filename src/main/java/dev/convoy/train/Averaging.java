package dev.convoy.train;

import dev.convoy.nn.Weights;
import dev.convoy.optim.Slots;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What workers return after a round, and how the driver joins it. */
public enum Averaging {
  /** Each worker makes H steps of its own; weights and optimizer state are averaged. */
  PARAMETERS {
    @Override
    State next(TrainingPlan plan, State state, List<Contribution> contributions, State after) {
      double[] shares = shares(contributions);
      mean(contributions, Contribution::values, shares, after.parameters());
      mean(contributions, Contribution::optimizerState, shares, after.optimizerState());
      return after;
    }
  },

  /** Each worker sums the gradients of one batch; the driver steps once with their mean. */
  GRADIENTS {
    @Override
    State next(TrainingPlan plan, State state, List<Contribution> contributions, State after) {
      double weight = totalWeight(contributions);
      double[] factors = new double[contributions.size()];
      Arrays.fill(factors, 1 / weight);
      float[] gradient = new float[after.parameters().length];
      mean(contributions, Contribution::values, factors, gradient);
      System.arraycopy(state.parameters(), 0, after.parameters(), 0, gradient.length);
      Slots slots = new Slots(plan.optimizer(), gradient.length);
      slots.load(state.optimizerState());
      plan.step(after.parameters(), gradient, slots.arrays(), after.step(), plan.course(state));
      slots.store(after.optimizerState());
      return after;
    }
  };

  /** Values summed at a time: 32 KiB of doubles stay in the first cache. */
  private static final int CHUNK = 4096;

  abstract State next(
      TrainingPlan plan, State state, List<Contribution> contributions, State after);

  /**
   * The state that follows from a round. Contributions are summed in worker order, in double
   * precision, so that neither the order in which tasks finish nor the number of machines changes a
   * bit.
   *
   * @param contributions one a worker, in worker order
   */
  public State apply(TrainingPlan plan, State state, List<Contribution> contributions) {
    if (contributions.size() != plan.workers()) {
      throw new IllegalArgumentException(
          "A round needs " + plan.workers() + " contributions, but got " + contributions.size());
    }
    long steps = contributions.stream().mapToLong(Contribution::steps).max().orElse(0);
    State after =
        new State(
            new Weights(new float[state.parameters().length], state.buffers().clone()),
            new float[state.optimizerState().length],
            state.step() + steps,
            state.round() + 1,
            state.tests());
    StatisticsAveraging.apply(plan.network(), contributions, after.buffers());
    return next(plan, state, contributions, after);
  }

  private static double totalWeight(List<Contribution> contributions) {
    double sum = 0;
    for (Contribution contribution : contributions) {
      sum += contribution.weight();
    }
    return sum;
  }

  private static double[] shares(List<Contribution> contributions) {
    double sum = totalWeight(contributions);
    return contributions.stream().mapToDouble(c -> c.weight() / sum).toArray();
  }

  /**
   * {@code target = Σ_k factor[k] · values[k]}, k ascending; workers that had no example are left
   * out.
   */
  private static void mean(
      List<Contribution> contributions,
      Function<Contribution, float[]> values,
      double[] factors,
      float[] target) {
    double[] sums = new double[CHUNK];
    for (int start = 0; start < target.length; start += CHUNK) {
      int count = Math.min(CHUNK, target.length - start);
      Arrays.fill(sums, 0);
      for (int k = 0; k < factors.length; k++) {
        if (contributions.get(k).examples() > 0) {
          add(values.apply(contributions.get(k)), start, count, factors[k], sums);
        }
      }
      for (int i = 0; i < count; i++) {
        target[start + i] = (float) sums[i];
      }
    }
  }

  private static void add(float[] values, int start, int count, double factor, double[] sums) {
    for (int i = 0; i < count; i++) {
      sums[i] = Math.fma(factor, values[start + i], sums[i]);
    }
  }
}
