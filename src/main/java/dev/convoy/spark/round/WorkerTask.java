package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.job.Parcel;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A worker's part of a round, as a task does it.
 *
 * @param trainingId tells trainings apart in executors that outlive them
 */
record WorkerTask(
    Broadcast<Parcel<TrainingPlan>> plan,
    SharedState state,
    String trainingId,
    int epoch,
    int roundInEpoch)
    implements Serializable {
  private static final long serialVersionUID = 1;

  Contribution run(int worker, ImageBlock block) {
    Worker memory = WorkerPool.take(trainingId, plan.value().value());
    Contribution contribution = memory.run(state, assignment(worker), block);
    WorkerPool.giveBack(trainingId, memory);
    return contribution;
  }

  /** Returns the same, whose values lie in the worker's memory until the task ends. */
  Contribution runInPlace(int worker, ImageBlock block) {
    Worker memory = WorkerPool.take(trainingId, plan.value().value());
    TaskCompletionListener giveBack = task -> WorkerPool.giveBack(trainingId, memory);
    TaskContext.get().addTaskCompletionListener(giveBack);
    return memory.runInPlace(state, assignment(worker), block);
  }

  private Assignment assignment(int worker) {
    return plan.value().value().assignment(epoch, roundInEpoch, worker);
  }

  /** Describes the round as Spark's pages show it. */
  String description() {
    TrainingPlan shared = plan.value().value();
    return "epoch "
        + epoch
        + " of "
        + shared.epochs()
        + ", round "
        + roundInEpoch
        + " of "
        + shared.roundsPerEpoch(epoch);
  }
}
