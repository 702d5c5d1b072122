package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.train.Assignment;
import dev.convoy.train.Contribution;
import dev.convoy.train.TrainingPlan;
import dev.convoy.train.Worker;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A worker's part of a round, as a task does it.
 *
 * @param trainingId tells trainings apart in executors that outlive them
 */
record WorkerTask(
    Broadcast<TrainingPlan> plan, SharedState state, String trainingId, int epoch, int roundInEpoch)
    implements Serializable {
  private static final long serialVersionUID = 1;

  Contribution run(int worker, ImageBlock block) {
    TrainingPlan shared = plan.value();
    Assignment assignment = shared.assignment(epoch, roundInEpoch, worker);
    Worker memory = WorkerPool.take(trainingId, shared);
    Contribution contribution = memory.run(state, assignment, block);
    WorkerPool.giveBack(trainingId, memory);
    return contribution;
  }

  /** As Spark's pages show it. */
  String description() {
    TrainingPlan shared = plan.value();
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
