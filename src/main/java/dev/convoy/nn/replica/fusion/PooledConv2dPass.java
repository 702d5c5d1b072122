package dev.convoy.nn.replica.fusion;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.convolution.Convolution;
import dev.convoy.nn.replica.convolution.PlaneWeightGradient;
import dev.convoy.nn.replica.convolution.WinogradConvolution;
import dev.convoy.nn.replica.pass.pool.Windows;
import dev.convoy.nn.replica.pass.pool.Winners;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A network's first convolution with the max pool behind it, and perhaps a rectification between:
 * some filters at a time, so that what they give stays in the cache until it is pooled, and is not
 * stored; its gradient, too, is spread out only where it is summed. Such a convolution computes
 * less than it writes.
 */
final class PooledConv2dPass extends LayerPass {
  /** Floats of what some filters give, on the way back of all lane blocks: half of a usual L2. */
  private static final int AT_ONCE = 128 * 1024;

  private final Kernels kernels;
  private final Convolution convolution;
  private final @Nullable ChannelBias bias;
  private final PoolGeometry pool;
  private final boolean rectifies;
  private final int weight;
  private final int taps;
  private final int filters;
  private final int filtersAtOnce;
  private final int plane;
  private final int pooledPlane;
  private final Winners winners;

  /**
   * What some filters give lies there, {@code [blocks][filters][H][W][16]}; on the way back its
   * gradient.
   */
  private final Workspace workspace;

  /**
   * A convolution.
   *
   * @param pooling the max pool behind it
   */
  PooledConv2dPass(PassContext context, Node pooling, boolean rectifies) {
    Node node = context.node();
    Conv2d layer = (Conv2d) node.layer();
    int blocks = context.blocks();
    int channels = node.input().channels();
    kernels = context.kernels();
    this.rectifies = rectifies;
    filters = layer.filters();
    taps = channels * layer.kernel().area();
    weight = node.parameters().get(0).offset();
    bias = ChannelBias.of(node, kernels);
    convolution =
        new Convolution(
            kernels,
            layer.window(node.input()),
            channels,
            filters,
            1,
            blocks,
            context.trains(),
            context.keepsFilters());
    pool = Windows.geometry(((MaxPool2d) pooling.layer()).window(pooling.input()));
    plane = node.output().size() / filters * Lanes.WIDTH;
    pooledPlane = pooling.output().size() / filters * Lanes.WIDTH;
    int fitting = AT_ONCE / (plane * blocks) / Pack.SIZE * Pack.SIZE;
    filtersAtOnce = Math.min(filters, Math.max(Pack.SIZE, fitting));
    winners = new Winners(context, Math.multiplyExact(blocks, filters * pooledPlane));
    workspace = kernels.workspace();
    workspace.reserve(Area.UNPOOLED, Math.multiplyExact(blocks, filtersAtOnce * plane));
  }

  /**
   * Returns whether a convolution is one for this pass: one of few channels, by taps, whose input
   * nobody asks the gradient of.
   */
  static boolean suits(Node node, boolean wantsInputGradient) {
    if (!(node.layer() instanceof Conv2d layer) || wantsInputGradient) {
      return false;
    }
    Window window = layer.window(node.input());
    int channels = node.input().channels();
    return layer.groups() == 1
        && !WinogradConvolution.suits(window, channels, layer)
        && !PlaneWeightGradient.suits(window, channels, layer.filters(), 1);
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
    if (bias != null) {
      convolution.startFrom(step.parameters(), bias.offset());
    }
    if (!step.sameParameters()) {
      convolution.pack(step.parameters(), weight);
    }
    float[] source = convolution.source(step.blocks(), x);
    float[] unpooled = workspace.of(Area.UNPOOLED);
    float[] winners = this.winners.values();
    for (int block = 0; block < step.blocks(); block++) {
      for (int first = 0; first < filters; first += filtersAtOnce) {
        int count = Math.min(filtersAtOnce, filters - first);
        int to = (block * filters + first) * pooledPlane;
        convolution.filters(block, first, count, source, unpooled, Scratch.START);
        kernels.pools().maxPool(pool, count, unpooled, Scratch.START, y, to, winners, to);
        if (rectifies) {
          kernels.elementwise().relu(y, to, y, to, count * pooledPlane);
        }
      }
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (rectifies) {
      kernels.elementwise().reluBackward(y, 0, dy, 0, step.blocks() * filters * pooledPlane);
    }
    if (bias != null) {
      bias.begin();
    }
    float[] source = convolution.lastSource(x);
    float[] unpooled = workspace.of(Area.UNPOOLED);
    float[] winners = this.winners.values();
    for (int first = 0; first < filters; first += filtersAtOnce) {
      int count = Math.min(filtersAtOnce, filters - first);
      for (int block = 0; block < step.blocks(); block++) {
        int from = (block * filters + first) * pooledPlane;
        int to = Scratch.START + block * count * plane;
        kernels.pools().maxPoolBackward(pool, count, dy, from, winners, from, unpooled, to);
        if (bias != null) {
          bias.add(unpooled, to, first, count);
        }
      }
      int to = weight + first * taps;
      convolution.weightGradient(
          step.blocks(), count, source, unpooled, Scratch.START, step.gradients(), to);
    }
    if (bias != null) {
      bias.end(step);
    }
  }
}
