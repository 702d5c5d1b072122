package dev.convoy.train;

/** Takes checkpoints of a training. */
@FunctionalInterface
public interface Checkpointing {
  /** Takes none. */
  Checkpointing NONE = (now, last) -> {};

  /**
   * Offered a checkpoint after every round, and after the evaluation that ends its epoch, by the
   * thread that drives the training, which goes on when this returns.
   *
   * @param last whether training ends here; then the checkpoint is written when this returns
   */
  void offer(Checkpoint now, boolean last);
}
