package dev.convoy.train;

/** Takes checkpoints of a training. */
@FunctionalInterface
public interface Checkpointing {
  /** Takes none. */
  Checkpointing NONE = (now, due) -> {};

  /**
   * Takes or passes over a checkpoint. It is offered after every round, and after the evaluation
   * that ends its epoch, by the thread that drives the training, which goes on when this returns.
   *
   * @param due whether it must be written when this returns: training ends here, or what was
   *     measured now decides how it goes on
   */
  void offer(Checkpoint now, boolean due);
}
