package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.convolution.ConvolutionAlgorithm;
import dev.convoy.nn.replica.convolution.DirectConvolution;
import dev.convoy.nn.replica.convolution.WinogradConvolution;
import dev.convoy.nn.replica.step.AddingPass;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** A convolution with its bias, by the {@link ConvolutionAlgorithm} that suits its shape. */
public final class Conv2dPass extends LayerPass implements AddingPass {
  private final ConvolutionAlgorithm algorithm;
  private final @Nullable ChannelBias bias;

  public Conv2dPass(PassContext context) {
    Node node = context.node();
    Conv2d layer = (Conv2d) node.layer();
    int blocks = context.blocks();
    Kernels kernels = context.kernels();
    boolean wantsInputGradient = context.wantsInputGradient();
    boolean trains = context.trains();
    boolean keepsFilters = context.keepsFilters();
    Window window = layer.window(node.input());
    int channels = node.input().channels();
    int weight = node.parameters().get(0).offset();
    bias = ChannelBias.of(node, kernels);
    algorithm =
        WinogradConvolution.suits(window, channels, layer)
            ? new WinogradConvolution(
                kernels,
                window,
                channels,
                layer,
                weight,
                blocks,
                wantsInputGradient,
                trains,
                keepsFilters)
            : new DirectConvolution(
                kernels,
                window,
                channels,
                layer,
                weight,
                blocks,
                wantsInputGradient,
                trains,
                keepsFilters);
  }

  @Override
  public long heldFloats() {
    return algorithm.heldFloats();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    algorithm.forward(step, bias == null ? -1 : bias.offset(), x, y);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (bias != null) {
      bias.gradient(step, dy);
    }
    algorithm.backward(step, x, dy, dx);
  }

  @Override
  public boolean adds() {
    return algorithm.adds();
  }

  @Override
  public void backwardAndAdd(StepContext step, float[] x, float[] dy, float[] sum) {
    if (bias != null) {
      bias.gradient(step, dy);
    }
    algorithm.backwardAndAdd(step, x, dy, sum);
  }
}
