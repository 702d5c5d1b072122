package dev.convoy.train.round;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.GroupedSteps;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.optim.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What workers return after a round, and how it is joined. */
@PublicApi
public enum Averaging {
  /** Each worker makes H steps of its own; weights and optimizer state are averaged. */
  PARAMETERS {
    @Override
    double[] factors(List<Contribution> contributions, double weight) {
      if (weight == 0) {
        // No example of the round weighs anything: then each counts alike.
        double examples = contributions.stream().mapToLong(Contribution::examples).sum();
        return contributions.stream().mapToDouble(c -> c.examples() / examples).toArray();
      }
      return contributions.stream().mapToDouble(c -> c.weight() / weight).toArray();
    }

    @Override
    Shard next(TrainingPlan plan, Fold fold, int from, Shard before, Shard mean, double[] squares) {
      plan.contributions().complete(mean.values(), before.values());
      float[] momentum = before.outerMomentum();
      OuterOptimizer outer = plan.outer();
      if (outer != null) {
        momentum = momentum.clone();
        outer.step(before.values(), mean.values(), momentum);
      }
      return new Shard(mean.values(), mean.optimizerState(), momentum);
    }
  },

  /** Each worker sums the gradients of one batch; the optimizer steps once with their mean. */
  GRADIENTS {
    @Override
    double[] factors(List<Contribution> contributions, double weight) {
      double[] factors = new double[contributions.size()];
      // Examples that weigh nothing leave the parameters as they are.
      Arrays.fill(factors, weight == 0 ? 0 : 1 / weight);
      return factors;
    }

    @Override
    Shard next(TrainingPlan plan, Fold fold, int from, Shard before, Shard mean, double[] squares) {
      float[] parameters = before.values().clone();
      float[] gradient = mean.values();
      Slots slots = new Slots(plan.optimizer(), parameters.length);
      slots.load(before.optimizerState());
      Clipping clipping = plan.clipping();
      if (clipping != null) {
        clipping.clip(gradient, squares);
      }
      float rate = plan.learningRate(fold.step(), plan.course(fold.tests()), fold.rollbacks());
      new GroupedSteps(
              plan.optimizer(),
              fold.stage(plan).groups(fold.unfrozenAt()),
              from,
              from + parameters.length)
          .step(parameters, gradient, slots.arrays(), fold.step(), rate);
      return new Shard(parameters, slots.flat(), before.outerMomentum());
    }
  };

  /** Returns what each worker's values are multiplied by in the sum, by their weight in all. */
  abstract double[] factors(List<Contribution> contributions, double weight);

  /** What a stretch of the state becomes; see {@link Fold#next}. */
  abstract Shard next(
      TrainingPlan plan, Fold fold, int from, Shard before, Shard mean, double[] squares);

  /**
   * Returns the state that follows from a round, folded in one place. Contributions are summed in
   * worker order, in double precision, so that neither the order in which tasks finish nor the
   * number of machines changes a bit.
   *
   * @param contributions one a worker, in worker order
   */
  @Internal
  public State apply(TrainingPlan plan, State state, List<Contribution> contributions) {
    Fold fold = Fold.of(plan, state, contributions);
    List<@Nullable Shard> parts = new ArrayList<>();
    for (Contribution contribution : contributions) {
      parts.add(Shard.of(contribution));
    }
    Shard mean = fold.mean(parts);
    Shard next = fold.next(plan, 0, Shard.of(plan, state), mean, fold.squares(plan, mean));
    return fold.state(plan, state, next, contributions);
  }
}
