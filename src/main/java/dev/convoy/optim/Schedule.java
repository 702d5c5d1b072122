package dev.convoy.optim;

import java.io.Serializable;

/** How the learning rate moves in the course of a training. */
public sealed interface Schedule extends Serializable permits Constant {
  /**
   * The learning rate in force.
   *
   * @param base the optimizer's own rate
   * @param step number of the step, from 1
   * @param stepsPerEpoch steps that one worker makes in an epoch
   * @param epochs of the whole training
   */
  float learningRate(float base, long step, long stepsPerEpoch, int epochs);
}
