package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.kernel.pool.PoolKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** The mean of each window; each of its cells gets an equal part of the gradient. */
public final class AvgPool2dPass extends LayerPass {
  private final PoolGeometry geometry;
  private final int channels;
  private final float[] scale;
  private final PoolKernels kernels;

  public AvgPool2dPass(PassContext context) {
    this(context, (AvgPool2d) context.node().layer());
  }

  private AvgPool2dPass(PassContext context, AvgPool2d layer) {
    Node node = context.node();
    Window window = layer.window(node.input());
    this.geometry = Windows.geometry(window);
    this.channels = node.input().channels();
    this.scale = Windows.meanScale(layer, window);
    this.kernels = context.kernels().pools();
  }

  /** Makes the pass of {@link GlobalAvgPool2d}. */
  static AvgPool2dPass global(PassContext context) {
    GlobalAvgPool2d layer = (GlobalAvgPool2d) context.node().layer();
    return new AvgPool2dPass(context, layer.over(context.node().input()));
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    kernels.avgPool(geometry, step.blocks() * channels, scale, x, 0, y, 0);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      kernels.avgPoolBackward(geometry, step.blocks() * channels, scale, dy, 0, dx, 0);
    }
  }
}
