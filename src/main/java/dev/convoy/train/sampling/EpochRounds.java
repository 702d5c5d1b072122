package dev.convoy.train.sampling;

import dev.convoy.train.sampling.Sampler.Turn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one epoch where their steps vary. Each worker goes through its blocks, and takes in
 * a round as many steps as the round has, or as are left in its block. Rounds are as long as for a
 * worker all of whose blocks are full; one that had its short block early may take a round more.
 */
public final class EpochRounds {
  private final Sampler sampler;
  private final int epoch;
  private final StepsAt stepsAt;

  /** Steps of the rounds so far asked for. */
  private int[] steps = new int[16];

  private int known;
  private long position;

  /**
   * How many steps a round may have that begins after so many steps of the epoch; rounds count from
   * 1.
   */
  @FunctionalInterface
  public interface StepsAt {
    int after(long steps, int round);
  }

  public EpochRounds(Sampler sampler, int epoch, StepsAt stepsAt) {
    this.sampler = sampler;
    this.epoch = epoch;
    this.stepsAt = stepsAt;
  }

  /** Rounds that use every example once. */
  public int count() {
    int count = 0;
    for (int worker = 0; worker < sampler.workers(); worker++) {
      count = Math.max(count, new Walk(worker).toTheEnd());
    }
    return count;
  }

  /**
   * Returns what a worker does in a round, which counts from 1; absent where its share is used up.
   */
  public @Nullable Turn turn(int round, int worker) {
    Walk walk = new Walk(worker);
    Turn turn = null;
    for (int i = 0; i < round; i++) {
      turn = walk.next();
    }
    return turn;
  }

  private int stepsOf(int round) {
    while (known <= round) {
      int left = sampler.blockSteps() - (int) (position % sampler.blockSteps());
      steps = known == steps.length ? Arrays.copyOf(steps, 2 * known) : steps;
      steps[known] = Math.min(left, stepsAt.after(position, known + 1));
      position += steps[known];
      known++;
    }
    return steps[round];
  }

  /** A worker's way through its blocks. */
  private final class Walk {
    private final int worker;
    private final int[] order;
    private int block;
    private int done;
    private int round;

    Walk(int worker) {
      this.worker = worker;
      this.order = sampler.blockOrder(epoch, worker);
    }

    @Nullable Turn next() {
      if (block == order.length) {
        return null;
      }
      int all = sampler.steps(worker, order[block]);
      int now = Math.min(stepsOf(round), all - done);
      Turn turn = new Turn(order[block], done, now);
      round++;
      done += now;
      if (done == all) {
        block++;
        done = 0;
      }
      return turn;
    }

    int toTheEnd() {
      while (next() != null) {
        // Each turn counts itself.
      }
      return round;
    }
  }
}
