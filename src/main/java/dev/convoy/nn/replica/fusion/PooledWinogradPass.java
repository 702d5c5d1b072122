package dev.convoy.nn.replica.fusion;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.convolution.WinogradConvolution;
import dev.convoy.nn.replica.pass.pool.Windows;
import dev.convoy.nn.replica.pass.pool.Winners;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A convolution by {@link WinogradConvolution} with the max pool behind it, and perhaps a
 * rectification between: tiles are pooled as they are transformed back, and only what was pooled is
 * stored.
 */
final class PooledWinogradPass extends LayerPass {
  private final Kernels kernels;
  private final WinogradConvolution convolution;
  private final @Nullable ChannelBias bias;
  private final PoolGeometry pool;
  private final boolean rectifies;
  private final int filters;
  private final int pooledPlane;
  private final Winners winners;

  /** Lane blocks that go back at once, so that what they unpool stays in the cache. */
  private final int blocksAtOnce;

  /** The gradient of what the convolution gives lies there, of so many lane blocks. */
  private final Workspace workspace;

  /**
   * A convolution.
   *
   * @param pooling the max pool behind it
   */
  PooledWinogradPass(PassContext context, Node pooling, boolean rectifies) {
    Node node = context.node();
    Conv2d layer = (Conv2d) node.layer();
    int blocks = context.blocks();
    kernels = context.kernels();
    this.rectifies = rectifies;
    filters = layer.filters();
    bias = ChannelBias.of(node, kernels);
    convolution =
        new WinogradConvolution(
            kernels,
            layer.window(node.input()),
            node.input().channels(),
            layer,
            node.parameters().get(0).offset(),
            blocks,
            context.wantsInputGradient(),
            context.trains(),
            context.keepsFilters());
    pool = Windows.geometry(((MaxPool2d) pooling.layer()).window(pooling.input()));
    pooledPlane = pool.outputSize() * Lanes.WIDTH;
    winners = new Winners(context, Math.multiplyExact(blocks, filters * pooledPlane));
    blocksAtOnce = Math.min(blocks, convolution.blocksAtOnce());
    workspace = kernels.workspace();
    if (context.trains()) {
      int block = node.output().size() * Lanes.WIDTH;
      workspace.reserve(Area.UNPOOLED, Math.multiplyExact(blocksAtOnce, block));
    }
  }

  /**
   * Returns whether a convolution and the pool behind it are ones for this pass: squares without
   * gaps.
   */
  static boolean suits(Node node, Node pooling) {
    if (!(node.layer() instanceof Conv2d layer)) {
      return false;
    }
    Window window = layer.window(node.input());
    PoolGeometry pool = Windows.geometry(((MaxPool2d) pooling.layer()).window(pooling.input()));
    return WinogradConvolution.suits(window, node.input().channels(), layer) && pool.halves();
  }

  @Override
  public int outputSize(Node node) {
    return filters * pooledPlane / Lanes.WIDTH;
  }

  @Override
  public boolean readsOutput() {
    return rectifies;
  }

  @Override
  public long heldFloats() {
    return convolution.heldFloats() + winners.heldFloats();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    convolution.forwardAndPool(step, bias == null ? -1 : bias.offset(), x, y, winners.values());
    if (rectifies) {
      kernels.elementwise().relu(y, 0, y, 0, step.blocks() * filters * pooledPlane);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    int pooledBlock = filters * pooledPlane;
    if (rectifies) {
      kernels.elementwise().reluBackward(y, 0, dy, 0, step.blocks() * pooledBlock);
    }
    begin(step, dx);
    float[] unpooled = workspace.of(Area.UNPOOLED);
    for (int first = 0; first < step.blocks(); first += blocksAtOnce) {
      int blocks = Math.min(blocksAtOnce, step.blocks() - first);
      int from = first * pooledBlock;
      kernels
          .pools()
          .maxPoolBackward(pool, blocks * filters, dy, from, winners.values(), from, unpooled, 0);
      addGradients(first, blocks, x, unpooled);
      if (dx != null) {
        convolution.partOfInputGradient(blocks, unpooled, 0, dx, first);
      }
    }
    if (bias != null) {
      bias.end(step);
    }
    convolution.endWeightGradient(step);
  }

  private void begin(StepContext step, float @Nullable [] dx) {
    if (bias != null) {
      bias.begin();
    }
    convolution.beginWeightGradient();
    if (dx != null) {
      convolution.beginInputGradient(step);
    }
  }

  private void addGradients(int first, int blocks, float[] x, float[] unpooled) {
    for (int block = 0; block < blocks; block++) {
      if (bias != null) {
        bias.add(unpooled, block * filters * pool.inputSize() * Lanes.WIDTH, 0, filters);
      }
      convolution.addWeightGradient(first + block, x, unpooled, block);
    }
  }
}
