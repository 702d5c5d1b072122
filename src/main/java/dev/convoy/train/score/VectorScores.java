package dev.convoy.train.score;

import dev.convoy.api.PublicApi;
import dev.convoy.loss.Task;
import java.io.Serializable;

/** How a network does on each of its outputs, where targets are vectors. */
@PublicApi
public sealed interface VectorScores extends Serializable permits LabelScores, ValueScores {
  /** Returns the scores over no example. */
  static VectorScores none(Task task, int outputs) {
    return switch (task) {
      case MULTI_LABEL -> LabelScores.none(outputs);
      case REGRESSION -> ValueScores.none(outputs);
      case CLASSIFICATION -> throw new IllegalArgumentException("Classes have no vectors");
    };
  }

  /**
   * Counts what the network gave for a target.
   *
   * @param weight of the example: how much it counts
   */
  void add(int output, float value, float target, float weight);

  /** Returns the scores over these examples and others, by the same network. */
  VectorScores plus(VectorScores others);
}
