package dev.convoy.train.round;

import dev.convoy.loss.BatchLoss;
import dev.convoy.nn.replica.Replica;

/** Looks at a worker's steps, and changes nothing. */
@FunctionalInterface
public interface StepObserver {
  /** Nobody. */
  StepObserver NONE = (step, examples, loss, replica) -> {};

  /**
   * Hears of a step after its backward pass, before the optimizer's step.
   *
   * @param step of this worker, from 1
   * @param examples of the batch
   * @param loss of it
   * @param replica whose gradients are the batch's
   */
  void afterBackward(long step, int examples, BatchLoss loss, Replica replica);
}
