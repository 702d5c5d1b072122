package dev.convoy.nn.replica.pass.pool;

import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.kernel.pool.PoolKernels;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
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
    this(
        context,
        Windows.geometry(layer.window(context.node().input())),
        context.node().input().channels(),
        Windows.meanScale(layer, layer.window(context.node().input())));
  }

  private AvgPool2dPass(PassContext context, PoolGeometry geometry, int channels, float[] scale) {
    this.geometry = geometry;
    this.channels = channels;
    this.scale = scale;
    this.kernels = context.kernels().pools();
  }

  /** Makes the pass of a layer that pools as {@code layer} does. */
  static AvgPool2dPass of(PassContext context, AvgPool2d layer) {
    return new AvgPool2dPass(context, layer);
  }

  /** Makes the pass of {@link dev.convoy.nn.layer.ChannelMean}. */
  public static AvgPool2dPass acrossChannels(PassContext context) {
    Shape in = context.node().input();
    float[] scale = new float[in.height() * in.width()];
    Arrays.fill(scale, 1f / in.channels());
    return new AvgPool2dPass(context, Windows.acrossChannels(in), 1, scale);
  }

  /** Makes the pass of {@link GlobalAvgPool2d}. */
  public static AvgPool2dPass global(PassContext context) {
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
