package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.List;

/**
 * A rule that changes parameters by their gradient. It holds no state itself: what it remembers
 * (momentum, moments) are arrays that the caller keeps, averages and saves as it does the
 * parameters. The mean of several states is a state: each slot is a mean of gradients or of their
 * squares or sizes, or moves with the parameters.
 *
 * <p>A component that is absent in a job arrives in a record's constructor as null and takes its
 * default there.
 *
 * <p>Steps are plain loops over arrays that all have the same index: the compiler makes vector
 * instructions of these, but (up to JDK 17 at least) of none with two offsets into one array. Every
 * operation in them rounds as IEEE 754 says, so that their bits are the same on all machines.
 */
@PublicApi
public sealed interface Optimizer extends Serializable
    permits Adadelta, Adagrad, Adam, Adamax, Adamw, Nadam, Rmsprop, Sgd {
  /** The learning rate before any schedule. */
  Float learningRate();

  /**
   * The names of the values remembered for each parameter, as in {@code momentum}; none for plain
   * descent.
   */
  List<String> slots();

  /**
   * The length of the flat state for so many parameters: slot after slot, each as long as the
   * parameters.
   */
  default int stateSize(int parameterCount) {
    return Math.multiplyExact(slots().size(), parameterCount);
  }

  /** The flat state before the first step; all 0, unless an optimizer says otherwise. */
  default float[] initialState(int parameterCount) {
    return new float[stateSize(parameterCount)];
  }

  /**
   * One step.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss; left as it is
   * @param state an array a slot, each as long as the parameters; changed in place
   * @param step number of this step, from 1
   * @param learningRate in force for this step
   */
  void step(float[] parameters, float[] gradient, float[][] state, long step, float learningRate);
}
