package dev.convoy.loss;

import dev.convoy.kernel.Kernels;
import java.io.Serializable;

/**
 * What training makes small: a description, which {@link #bind} puts to work.
 *
 * <p>A component that is absent in a job arrives in a record's constructor as {@code null} and
 * takes its default there.
 */
public sealed interface Loss extends Serializable permits SoftmaxCrossEntropy {
  /**
   * The loss of batches of so many outputs an example.
   *
   * @param kernels for the caller's thread alone
   * @throws IllegalArgumentException if this loss does not go with so many outputs
   */
  BatchLoss bind(int outputs, Kernels kernels);
}
