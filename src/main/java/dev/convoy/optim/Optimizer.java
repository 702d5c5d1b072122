package dev.convoy.optim;

import java.io.Serializable;
import java.util.List;

/**
 * A rule that changes parameters by their gradient. It holds no state itself: what it remembers
 * (momentum, moments) is a flat array that the caller keeps, averages and saves as it does the
 * parameters.
 *
 * <p>A component that is absent in a job arrives in a record's constructor as {@code null} and
 * takes its default there.
 */
public sealed interface Optimizer extends Serializable permits Adam, Sgd {
  /** The learning rate before any schedule. */
  Float learningRate();

  /**
   * The names of the values remembered for each parameter, as in {@code momentum}; none for plain
   * descent.
   */
  List<String> slots();

  /**
   * The length of the state array for so many parameters: slot after slot, each as long as the
   * parameters.
   */
  default int stateSize(int parameterCount) {
    return Math.multiplyExact(slots().size(), parameterCount);
  }

  /**
   * One step.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss; left as it is
   * @param state changed in place; all 0 before the first step
   * @param step number of this step, from 1
   * @param learningRate in force for this step
   */
  void step(float[] parameters, float[] gradient, float[] state, long step, float learningRate);
}
