package dev.convoy.train.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Check;
import dev.convoy.train.sampling.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the workers one after the other in the calling thread: the oracle of every other way to run
 * them.
 */
public final class LocalRounds implements RoundRunner {
  private TrainingPlan plan;
  private final IntFunction<List<ImageBlock>> blocks;
  private final Worker worker;

  /** The state before the last round; absent before the first. */
  private @Nullable State before;

  /**
   * Rounds over these blocks.
   *
   * @param blocks by partition number, as {@link dev.convoy.train.sampling.Sampler} has them
   */
  public LocalRounds(TrainingPlan plan, List<ImageBlock> blocks, Kernels kernels) {
    this(plan, epoch -> blocks, kernels);
  }

  /** The same over other blocks in each epoch. */
  public LocalRounds(TrainingPlan plan, IntFunction<List<ImageBlock>> blocks, Kernels kernels) {
    this.plan = plan;
    this.blocks = blocks;
    this.worker = new Worker(plan, kernels);
  }

  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    before = state;
    List<ImageBlock> now = blocks.apply(epoch);
    List<Contribution> contributions = new ArrayList<>();
    for (int k = 0; k < plan.workers(); k++) {
      Assignment assignment = plan.assignment(epoch, roundInEpoch, k);
      contributions.add(
          assignment.isIdle()
              ? Contribution.none(k)
              : worker.run(state, assignment, now.get(assignment.partition())));
    }
    return contributions;
  }

  @Override
  public void follow(TrainingPlan changed) {
    plan = changed;
  }

  @Override
  public State average(List<Contribution> contributions) {
    State from = Check.present(before, "LocalRounds: a round to average");
    return plan.averaging().apply(plan, from, contributions);
  }
}
