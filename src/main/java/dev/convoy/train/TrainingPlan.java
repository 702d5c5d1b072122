package dev.convoy.train;

import dev.convoy.image.Normalization;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Schedule;
import java.io.Serializable;

/**
 * What stays the same in all rounds of a training: it, the data and the first state fix every bit
 * of the result.
 *
 * @param network to train
 * @param normalization of its images
 * @param loss to make small
 * @param optimizer each worker's, or the driver's where gradients are averaged
 * @param schedule of the learning rate
 * @param averaging what workers return
 * @param deal which example is used when, by whom
 * @param seed of all that is random
 * @param epochs to train
 */
public record TrainingPlan(
    Network network,
    Normalization normalization,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    Averaging averaging,
    Deal deal,
    long seed,
    int epochs)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public TrainingPlan {
    if (averaging == Averaging.GRADIENTS && deal.averagingFrequency() != 1) {
      throw new IllegalArgumentException(
          "distribution.averagingFrequency must be 1 where gradients are averaged, but was "
              + deal.averagingFrequency());
    }
  }

  /** K. */
  public int workers() {
    return deal.workers();
  }

  /** Steps that the worker with the largest share makes in an epoch. */
  public long stepsPerEpoch() {
    return deal.stepsPerEpoch();
  }

  /** The learning rate in force in this step, which counts from 1. */
  public float learningRate(long step) {
    return schedule.learningRate(optimizer.learningRate(), step, stepsPerEpoch(), epochs);
  }
}
