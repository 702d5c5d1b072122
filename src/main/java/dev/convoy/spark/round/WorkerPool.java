package dev.convoy.spark.round;

import dev.convoy.kernel.Kernels;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Keeps the workers' memory in an executor from round to round: as many as ran at once. It holds no
 * result; a worker that it lends writes all it reads.
 */
final class WorkerPool {
  private static String training = "";
  private static ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

  private WorkerPool() {}

  /** A worker for this training, to be given back. */
  static Worker take(String trainingId, TrainingPlan plan) {
    Worker worker = idle(trainingId).pollFirst();
    return worker == null ? new Worker(plan, Kernels.chosen()) : worker;
  }

  static void giveBack(String trainingId, Worker worker) {
    idle(trainingId).addFirst(worker);
  }

  /** Returns the workers of this training; those of an earlier one are let go. */
  private static synchronized ConcurrentLinkedDeque<Worker> idle(String trainingId) {
    if (!training.equals(trainingId)) {
      training = trainingId;
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
