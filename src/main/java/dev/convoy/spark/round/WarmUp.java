package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.job.Parcel;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * A step like those of a worker's part of a round, from the first weights, again and again: Java's
 * compilers then know what a round needs. Nobody takes what comes of it.
 *
 * @param trainingId tells trainings apart in executors that outlive them
 * @param worker that has a block in this round
 * @param partition of that block
 */
record WarmUp(
    Broadcast<Parcel<TrainingPlan>> plan,
    String trainingId,
    int epoch,
    int roundInEpoch,
    int worker,
    int partition)
    implements VoidFunction<Iterator<ImageBlock>> {
  private static final long serialVersionUID = 1;

  private static final double STRETCH_SECONDS = 0.4;

  /** Compilers are done when the best repetition of a stretch is no quicker than those before. */
  private static final double NO_QUICKER = 0.9;

  /** The first may be a single repetition, by the interpreter. */
  private static final int LEAST_STRETCHES = 4;

  private static final double MOST_SECONDS = 10;

  /**
   * Returns the warm-up that does what the first worker with a block in this round does.
   *
   * @param partitions by worker; -1 for none
   */
  static WarmUp of(
      Broadcast<Parcel<TrainingPlan>> plan,
      String trainingId,
      int epoch,
      int roundInEpoch,
      int[] partitions) {
    int worker = 0;
    while (partitions[worker] < 0) {
      worker++;
    }
    return new WarmUp(plan, trainingId, epoch, roundInEpoch, worker, partitions[worker]);
  }

  @Override
  public void call(Iterator<ImageBlock> images) {
    TrainingPlan plan = this.plan.value().value();
    ImageBlock block = images.next();
    State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
    Assignment all = plan.assignment(epoch, roundInEpoch, worker);
    Assignment one = new Assignment(epoch, worker, partition, Arrays.copyOf(all.batches(), 1));
    Worker memory = WorkerPool.take(trainingId, plan);
    repeat(() -> memory.run(first, one, block));
    WorkerPool.giveBack(trainingId, memory);
  }

  private static void repeat(Runnable step) {
    double best = Double.POSITIVE_INFINITY;
    final long begin = System.nanoTime();
    for (int stretch = 1; (System.nanoTime() - begin) * 1e-9 < MOST_SECONDS; stretch++) {
      double now = bestSeconds(step);
      if (TaskContext.get().isInterrupted()
          || stretch >= LEAST_STRETCHES && now > NO_QUICKER * best) {
        return;
      }
      best = Math.min(best, now);
    }
  }

  /** Returns the seconds of the fastest repetition in a stretch. */
  private static double bestSeconds(Runnable step) {
    double best = Double.POSITIVE_INFINITY;
    long begin = System.nanoTime();
    long end = begin;
    while ((end - begin) * 1e-9 < STRETCH_SECONDS) {
      final long start = end;
      step.run();
      end = System.nanoTime();
      best = Math.min(best, (end - start) * 1e-9);
    }
    return best;
  }
}
