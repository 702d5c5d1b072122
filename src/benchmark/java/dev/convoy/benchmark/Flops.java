package dev.convoy.benchmark;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;

/**
 * Floating-point operations of convolutions and dense layers for one image: two for each
 * multiplication that an addition follows. A step of training has the forward pass, the gradient by
 * the weights and that by the input, each as many as the forward pass; the gradient by the
 * network's own input, which nobody asks for, does not count. All else (biases, activations,
 * pooling, normalisation, the optimizer) does not count either.
 *
 * <p>The count is of the layers as they are defined, the same for every engine: one that gets by
 * with fewer (by Winograd's convolution, say) shows a higher rate.
 */
final class Flops {
  private static final int OF_MULTIPLY_ADD = 2;

  private Flops() {}

  /** Of a forward pass. */
  static long forward(Network network) {
    return network.nodes().stream().mapToLong(Flops::forward).sum();
  }

  /** Of a step of training. */
  static long training(Network network) {
    return network.nodes().stream().mapToLong(node -> forward(node) + backward(node)).sum();
  }

  /** Of a node's part of a forward pass. */
  static long forward(Node node) {
    return OF_MULTIPLY_ADD * node.layer().multiplyAdds(node.input());
  }

  /** Of a node's part of a backward pass. */
  static long backward(Node node) {
    boolean wantsInputGradient = node.source() != 0;
    return wantsInputGradient ? 2 * forward(node) : forward(node);
  }
}
