package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;

/** A {@link Convolution} with its bias. */
final class Conv2dPass extends LayerPass {
  private final Convolution convolution;
  private final Conv2dInputGradient inputGradient;
  private final ChannelBias bias;
  private final int weight;

  Conv2dPass(Node node, Conv2d layer, int blocks, Kernels kernels, boolean wantsInputGradient) {
    Window window = layer.window(node.input());
    int channels = node.input().channels();
    weight = node.parameters().get(0).offset();
    bias = ChannelBias.of(node, kernels);
    convolution =
        new Convolution(kernels, window, channels, layer.filters(), layer.groups(), blocks);
    inputGradient =
        wantsInputGradient
            ? new Conv2dInputGradient(kernels, window, channels, layer.filters(), layer.groups())
            : null;
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    if (bias != null) {
      convolution.startFrom(step.parameters(), bias.offset());
    }
    convolution.forward(step.blocks(), x, step.parameters(), weight, y);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (bias != null) {
      bias.gradient(step, dy);
    }
    float[] source = convolution.lastSource(x);
    convolution.weightGradient(step.blocks(), source, dy, step.gradients(), weight);
    if (dx != null) {
      inputGradient.run(step.blocks(), step.parameters(), weight, dy, dx);
    }
  }
}
