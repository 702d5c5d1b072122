package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.convolution.Conv2dInputGradient;
import dev.convoy.nn.replica.convolution.Convolution;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * The convolution whose windows slide over this layer's output, turned round: forward is its input
 * gradient, the input's gradient its forward pass.
 */
public final class ConvTranspose2dPass extends LayerPass {
  private final @Nullable Convolution convolution;
  private final Conv2dInputGradient transposed;
  private final @Nullable ChannelBias bias;
  private final int weight;

  public ConvTranspose2dPass(PassContext context) {
    Node node = context.node();
    ConvTranspose2d layer = (ConvTranspose2d) node.layer();
    int blocks = context.blocks();
    Kernels kernels = context.kernels();
    Window window = layer.window(node.input());
    int maps = node.input().channels();
    weight = node.parameters().get(0).offset();
    bias = ChannelBias.of(node, kernels);
    convolution =
        context.trains()
            ? new Convolution(
                kernels, window, layer.filters(), maps, layer.groups(), blocks, true, false)
            : null;
    transposed = new Conv2dInputGradient(kernels, window, layer.filters(), maps, layer.groups());
  }

  @Override
  public long heldFloats() {
    return (convolution == null ? 0 : convolution.heldFloats()) + transposed.heldFloats();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    if (bias != null) {
      transposed.startFrom(step.parameters(), bias.offset());
    }
    transposed.run(step.blocks(), step.parameters(), weight, x, y);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (bias != null) {
      bias.gradient(step, dy);
    }
    Convolution convolution = Check.present(this.convolution, "The gradient");
    convolution.source(step.blocks(), dy);
    convolution.weightGradient(step.blocks(), dy, x, step.gradients(), weight);
    if (dx != null) {
      convolution.pack(step.parameters(), weight);
      convolution.forward(step.blocks(), dy, dx);
    }
  }
}
