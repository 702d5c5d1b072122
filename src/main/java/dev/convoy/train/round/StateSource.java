package dev.convoy.train.round;

import dev.convoy.nn.Weights;
import dev.convoy.train.tuning.TuningStage;
import java.util.List;

/** The source of the state with which a worker's round starts: whole, or shard by shard. */
public interface StateSource {
  /** Optimizer steps that a worker has made so far. */
  long step();

  /** How the epochs so far did on the test examples. */
  TestHistory tests();

  /** Returns how often training went back, so that learning rates are lower. */
  int rollbacks();

  /** Returns how many steps were made before each unfreezing so far. */
  List<Long> unfrozenAt();

  /**
   * Copies the values to where the worker has its own.
   *
   * @param stage in which the state is
   * @param target all values of the network
   * @param slots an array a slot of the optimizer, each as long as the parameters that are trained
   */
  void load(TuningStage stage, Weights target, float[][] slots);
}
