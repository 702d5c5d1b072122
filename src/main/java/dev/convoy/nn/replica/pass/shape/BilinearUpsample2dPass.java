package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.pool.BilinearAxis;
import dev.convoy.kernel.pool.PoolKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** Each value is a mean of the four pixels around it, which share its gradient likewise. */
public final class BilinearUpsample2dPass extends LayerPass {
  private final PoolKernels kernels;
  private final int channels;
  private final BilinearAxis rows;
  private final BilinearAxis columns;

  public BilinearUpsample2dPass(PassContext context) {
    Node node = context.node();
    kernels = context.kernels().pools();
    channels = node.input().channels();
    rows = new BilinearAxis(node.input().height(), node.output().height());
    columns = new BilinearAxis(node.input().width(), node.output().width());
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    kernels.bilinear(rows, columns, step.blocks() * channels, x, 0, y, 0);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      kernels.bilinearBackward(rows, columns, step.blocks() * channels, dy, 0, dx, 0);
    }
  }
}
