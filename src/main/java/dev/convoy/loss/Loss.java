package dev.convoy.loss;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Says what training makes small: a description, which {@link #bind} puts to work.
 *
 * <p>A component that is absent in a job arrives in a record's constructor as null and takes its
 * default there.
 */
@PublicApi
public sealed interface Loss extends Serializable
    permits BinaryCrossEntropy, Huber, MeanAbsoluteError, MeanSquaredError, SoftmaxCrossEntropy {
  /**
   * The loss of batches of so many outputs an example.
   *
   * @param kernels for the caller's thread alone
   * @throws IllegalArgumentException if this loss does not go with so many outputs
   */
  @Internal
  BatchLoss bind(int outputs, Kernels kernels);

  /**
   * Returns what is learnt by this loss from target vectors; {@link Task#CLASSIFICATION} if it
   * takes class numbers alone. Class numbers always make it classification.
   */
  Task vectorTask();

  /** Returns what makes predictions of the outputs that were trained by this loss. */
  OutputActivation activation();

  /**
   * Returns the mean loss of outputs that are all alike, which tell nothing; empty if it depends on
   * the targets.
   *
   * @param outputs how many there are
   */
  default OptionalDouble guessing(int outputs) {
    return OptionalDouble.empty();
  }

  /** The name of the kind in a job: {@code huber} for {@link Huber}. */
  default String kind() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
