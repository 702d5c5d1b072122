package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.kernel.pool.PoolKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An average pooling without its division, turned round: forward spreads each value over a window,
 * backward sums the window.
 */
public final class Upsample2dPass extends LayerPass {
  private final PoolKernels kernels;
  private final int channels;
  private final PoolGeometry geometry;
  private final float[] ones;

  public Upsample2dPass(PassContext context) {
    Node node = context.node();
    Upsample2d layer = (Upsample2d) node.layer();
    kernels = context.kernels().pools();
    channels = node.input().channels();
    int height = layer.scale().height();
    int width = layer.scale().width();
    geometry =
        new PoolGeometry(
            node.output().height(),
            node.output().width(),
            node.input().height(),
            node.input().width(),
            height,
            width,
            height,
            width,
            1,
            1,
            0,
            0);
    ones = new float[geometry.outputSize()];
    Arrays.fill(ones, 1);
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    kernels.avgPoolBackward(geometry, step.blocks() * channels, ones, x, 0, y, 0);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      kernels.avgPool(geometry, step.blocks() * channels, ones, dy, 0, dx, 0);
    }
  }
}
