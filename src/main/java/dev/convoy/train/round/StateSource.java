package dev.convoy.train.round;

/** The source of the state with which a worker's round starts: whole, or shard by shard. */
public interface StateSource {
  /** Optimizer steps that a worker has made so far. */
  long step();

  /** How the epochs so far did on the test examples. */
  TestHistory tests();

  /** Returns how often training went back, so that learning rates are lower. */
  int rollbacks();

  /**
   * Copies the values to where the worker has its own.
   *
   * @param slots an array a slot of the optimizer, each as long as the parameters
   */
  void load(float[] parameters, float[] buffers, float[][] slots);
}
