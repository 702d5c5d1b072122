package dev.convoy.nn.replica.fusion;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.convolution.WinogradConvolution;
import dev.convoy.nn.replica.pass.normalization.BatchNorm2dPass;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * A convolution by {@link WinogradConvolution} with the batch normalisation before it, and perhaps
 * a rectification between. What is normalised is never stored: a few lane blocks at a time are
 * normalised when the convolution reads them, forward and again on the way back, which costs less
 * than to carry them to the memory and from there.
 */
final class NormalizedConv2dPass extends LayerPass {
  private final BatchNorm2dPass normalization;
  private final WinogradConvolution convolution;
  private final @Nullable ChannelBias bias;
  private final Workspace workspace;

  /** Lane blocks that are normalised at once. */
  private final int blocksAtOnce;

  /**
   * A convolution.
   *
   * @param normalized the batch normalisation before it
   * @param rectifies whether a rectification lies between
   */
  NormalizedConv2dPass(PassContext context, Node normalized, boolean rectifies) {
    Node node = context.node();
    Conv2d layer = (Conv2d) node.layer();
    int blocks = context.blocks();
    Kernels kernels = context.kernels();
    normalization = new BatchNorm2dPass(context.with(normalized), rectifies);
    convolution =
        new WinogradConvolution(
            kernels,
            layer.window(node.input()),
            node.input().channels(),
            layer,
            node.parameters().get(0).offset(),
            blocks,
            context.trains(),
            context.trains(),
            context.keepsFilters());
    bias = ChannelBias.of(node, kernels);
    workspace = kernels.workspace();
    blocksAtOnce = Math.min(blocks, convolution.blocksAtOnce());
    int block = Math.multiplyExact(node.input().size(), Lanes.WIDTH);
    workspace.reserve(Area.NORMALIZED, Math.multiplyExact(blocksAtOnce, block));
  }

  /** Returns whether a node is a convolution for this pass. */
  static boolean suits(Node node) {
    return node.layer() instanceof Conv2d layer
        && WinogradConvolution.suits(layer.window(node.input()), node.input().channels(), layer);
  }

  @Override
  public long heldFloats() {
    return convolution.heldFloats();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    normalization.prepare(step, x);
    convolution.beginForward(step, bias == null ? -1 : bias.offset());
    for (int first = 0; first < step.blocks(); first += blocksAtOnce) {
      int blocks = Math.min(blocksAtOnce, step.blocks() - first);
      convolution.partOfForward(step, first, blocks, normalize(step, first, blocks, x), y);
    }
  }

  private float[] normalize(StepContext step, int first, int blocks, float[] x) {
    float[] normalized = workspace.of(Area.NORMALIZED);
    normalization.normalize(step, blocks, x, first, normalized, 0);
    return normalized;
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    float[] gradient = Check.present(dx, "The gradient of the input");
    if (bias != null) {
      bias.gradient(step, dy);
    }
    convolution.beginWeightGradient();
    convolution.beginInputGradient(step);
    for (int first = 0; first < step.blocks(); first += blocksAtOnce) {
      int blocks = Math.min(blocksAtOnce, step.blocks() - first);
      float[] normalized = normalize(step, first, blocks, x);
      for (int block = 0; block < blocks; block++) {
        convolution.addWeightGradient(block, normalized, dy, first + block);
      }
      convolution.partOfInputGradient(blocks, dy, first, gradient, first);
    }
    convolution.endWeightGradient(step);
    normalization.backward(step, x, gradient, gradient);
  }
}
