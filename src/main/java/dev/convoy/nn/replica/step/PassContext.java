package dev.convoy.nn.replica.step;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.TrainableValues;
import org.jspecify.annotations.Nullable;

/**
 * What a pass is made from.
 *
 * @param node the layer at its place in the network
 * @param blocks lane blocks at most in a batch
 * @param kernels those of the replica's thread
 * @param wantsInputGradient whether the backward pass will be asked for the gradient of the input
 * @param trains whether backward passes follow; where none does, a pass keeps nothing for them
 * @param keepsFilters whether parameters stay the same from step to step, and what is made of them
 *     is worth the memory to be kept
 * @param trained what of the network is trained; absent where all is
 */
public record PassContext(
    Node node,
    int blocks,
    Kernels kernels,
    boolean wantsInputGradient,
    boolean trains,
    boolean keepsFilters,
    @Nullable TrainableValues trained) {
  /** Makes the context of a layer of a network that is trained as a whole. */
  public PassContext(Node node, int blocks, Kernels kernels, boolean wantsInputGradient) {
    this(
        node,
        blocks,
        kernels,
        wantsInputGradient,
        /* trains= */ true,
        /* keepsFilters= */ false,
        /* trained= */ null);
  }

  /** Returns the context of another node whose work is done in the same place. */
  public PassContext with(Node other) {
    return new PassContext(
        other, blocks, kernels, wantsInputGradient, trains, keepsFilters, trained);
  }

  /** Tells whether a value of the layer is trained; a frozen one keeps its running statistics. */
  public boolean isTrained() {
    return trained == null || trained.trains(node);
  }
}
