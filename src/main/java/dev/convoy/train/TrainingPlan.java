package dev.convoy.train;

import dev.convoy.image.Normalization;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Course;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OuterOptimizer;
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
 * @param clipping of the mean gradient before the optimizer takes it; {@code null} for none
 * @param averaging what workers return
 * @param deal which example is used when, by whom
 * @param seed of all that is random
 * @param epochs to train
 * @param earlyStopping of them; {@code null} to train to the end and keep the last weights
 * @param outer optimizer of what a round has changed; {@code null} for plain averaging
 */
public record TrainingPlan(
    Network network,
    Normalization normalization,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    Clipping clipping,
    Averaging averaging,
    Deal deal,
    long seed,
    int epochs,
    EarlyStopping earlyStopping,
    OuterOptimizer outer)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A plan without an outer optimizer. */
  public TrainingPlan(
      Network network,
      Normalization normalization,
      Loss loss,
      Optimizer optimizer,
      Schedule schedule,
      Clipping clipping,
      Averaging averaging,
      Deal deal,
      long seed,
      int epochs,
      EarlyStopping earlyStopping) {
    this(
        network,
        normalization,
        loss,
        optimizer,
        schedule,
        clipping,
        averaging,
        deal,
        seed,
        epochs,
        earlyStopping,
        null);
  }

  public TrainingPlan {
    if (averaging == Averaging.GRADIENTS && outer != null) {
      throw new IllegalArgumentException(
          "distribution.outer needs averaging of parameters, but gradients are averaged");
    }
    if (averaging == Averaging.GRADIENTS && deal.averagingFrequency() != 1) {
      throw new IllegalArgumentException(
          "distribution.averagingFrequency must be 1 where gradients are averaged, but was "
              + deal.averagingFrequency());
    }
    try {
      schedule.check(optimizer.learningRate(), epochs, deal.stepsPerEpoch());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("training." + e.getMessage(), e);
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

  /** Bytes of what a worker contributes to a round. */
  public long contributionBytes() {
    long values = network.parameterCount();
    values += averaging == Averaging.PARAMETERS ? values * optimizer.slots().size() : 0;
    return (values + network.bufferCount()) * Float.BYTES;
  }

  /** Bytes of a state. */
  public long stateBytes() {
    long arrays = 1L + optimizer.slots().size() + (outer == null ? 0 : 1);
    return (arrays * network.parameterCount() + network.bufferCount()) * Float.BYTES;
  }

  /** What the schedule knows after these epochs. */
  Course course(TestHistory tests) {
    return new Course(stepsPerEpoch(), epochs, tests.losses());
  }

  /** The learning rate in force in this step, which counts from 1. */
  float learningRate(long step, Course course) {
    return schedule.learningRate(optimizer.learningRate(), step, course);
  }

  /**
   * One step: clips the gradient, and has the optimizer take it at the rate in force.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss; changed in place
   * @param optimizerState an array a slot, changed in place
   * @param step number of this step, from 1
   */
  void step(
      float[] parameters, float[] gradient, float[][] optimizerState, long step, Course course) {
    if (clipping != null) {
      clipping.clip(gradient);
    }
    optimizer.step(parameters, gradient, optimizerState, step, learningRate(step, course));
  }
}
