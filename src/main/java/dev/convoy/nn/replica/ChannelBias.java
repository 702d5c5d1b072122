package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.nn.Node;

/** One bias a channel of the output; its gradient is the sum of dy over batch and positions. */
final class ChannelBias {
  private final Kernels kernels;
  private final int offset;
  private final int channels;
  private final int plane;

  private ChannelBias(Node node, Kernels kernels) {
    this.kernels = kernels;
    offset = node.parameters().get(1).offset();
    channels = node.output().channels();
    plane = node.output().size() / channels * Lanes.WIDTH;
  }

  /** The bias of a layer; {@code null} if it has none. */
  static ChannelBias of(Node node, Kernels kernels) {
    return node.parameters().size() > 1 ? new ChannelBias(node, kernels) : null;
  }

  /** Where it starts in the parameters. */
  int offset() {
    return offset;
  }

  void gradient(Step step, float[] dy) {
    for (int c = 0; c < channels; c++) {
      step.gradients()[offset + c] =
          kernels.laneSums(dy, c * plane, plane, step.blocks(), channels * plane);
    }
  }
}
