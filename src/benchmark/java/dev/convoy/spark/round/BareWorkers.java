package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.IntFunction;

/**
 * Workers without Spark: a thread each, which does its part of a round over and over and waits for
 * no other. So this is what a machine's cores give when they work at once.
 */
final class BareWorkers {
  private BareWorkers() {}

  /**
   * Images a second of all workers of a plan together.
   *
   * @param blocks images by partition
   * @param warmUp rounds that do not count
   */
  static double imagesPerSecond(
      TrainingPlan plan, IntFunction<ImageBlock> blocks, int warmUp, int rounds) {
    State state = State.initial(plan, plan.network().initialWeights(plan.seed()));
    Phaser warm = new Phaser(plan.workers());
    List<Callable<Double>> workers = new ArrayList<>();
    for (int k = 0; k < plan.workers(); k++) {
      Assignment assignment = plan.assignment(1, 1, k);
      ImageBlock block = blocks.apply(assignment.partition());
      workers.add(
          () -> {
            try {
              Worker worker = new Worker(plan, Kernels.chosen());
              run(worker, state, assignment, block, warmUp);
              warm.arriveAndAwaitAdvance();
              long start = System.nanoTime();
              double images = run(worker, state, assignment, block, rounds);
              return images / ((System.nanoTime() - start) * 1e-9);
            } finally {
              // One that failed keeps nobody waiting.
              warm.arriveAndDeregister();
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(plan.workers());
    try {
      double sum = 0;
      for (Future<Double> worker : pool.invokeAll(workers)) {
        sum += worker.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while workers were timed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A worker could not be timed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static double run(
      Worker worker, State state, Assignment assignment, ImageBlock block, int rounds) {
    double images = 0;
    for (int i = 0; i < rounds; i++) {
      images += worker.run(state, assignment, block).examples();
    }
    return images;
  }
}
