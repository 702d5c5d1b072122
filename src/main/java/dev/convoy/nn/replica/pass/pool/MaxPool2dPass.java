package dev.convoy.nn.replica.pass.pool;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * The largest value of each window; its cell alone gets the gradient. May rectify, too: then a
 * value below 0 gives 0, and no cell gets a gradient.
 */
public final class MaxPool2dPass extends LayerPass {
  private final PoolGeometry geometry;
  private final int channels;
  private final Winners winners;
  private final Kernels kernels;
  private final int blockSize;
  private final boolean rectifies;

  public MaxPool2dPass(PassContext context) {
    this(context, (MaxPool2d) context.node().layer(), false);
  }

  private MaxPool2dPass(PassContext context, MaxPool2d layer, boolean rectifies) {
    this(
        context,
        Windows.geometry(layer.window(context.node().input())),
        context.node().input().channels(),
        rectifies);
  }

  private MaxPool2dPass(
      PassContext context, PoolGeometry geometry, int channels, boolean rectifies) {
    Node node = context.node();
    this.geometry = geometry;
    this.channels = channels;
    this.blockSize = node.output().size() * Lanes.WIDTH;
    this.winners = new Winners(context, Math.multiplyExact(context.blocks(), blockSize));
    this.kernels = context.kernels();
    this.rectifies = rectifies;
  }

  /** Makes a pass that rectifies, too. */
  public static MaxPool2dPass rectifying(PassContext context) {
    return new MaxPool2dPass(context, (MaxPool2d) context.node().layer(), true);
  }

  /** Makes the pass of {@link dev.convoy.nn.layer.ChannelMax}. */
  public static MaxPool2dPass acrossChannels(PassContext context) {
    PoolGeometry geometry = Windows.acrossChannels(context.node().input());
    return new MaxPool2dPass(context, geometry, 1, false);
  }

  /** Makes the pass of {@link GlobalMaxPool2d}. */
  public static MaxPool2dPass global(PassContext context) {
    GlobalMaxPool2d layer = (GlobalMaxPool2d) context.node().layer();
    return new MaxPool2dPass(context, layer.over(context.node().input()), false);
  }

  @Override
  public boolean readsOutput() {
    return rectifies;
  }

  @Override
  public long heldFloats() {
    return winners.heldFloats();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    kernels.pools().maxPool(geometry, step.blocks() * channels, x, 0, y, 0, winners.values(), 0);
    if (rectifies) {
      kernels.elementwise().relu(y, 0, y, 0, step.blocks() * blockSize);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      if (rectifies) {
        kernels.elementwise().reluBackward(y, 0, dy, 0, step.blocks() * blockSize);
      }
      int planes = step.blocks() * channels;
      kernels.pools().maxPoolBackward(geometry, planes, dy, 0, winners.values(), 0, dx, 0);
    }
  }
}
