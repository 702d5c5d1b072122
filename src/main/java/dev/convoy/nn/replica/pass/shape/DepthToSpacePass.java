package dev.convoy.nn.replica.pass.shape;

import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** Lays channels out as cells of blocks, and gradients of cells as channels. */
public final class DepthToSpacePass extends LayerPass {
  private final PixelBlocks pixels;

  public DepthToSpacePass(PassContext context) {
    DepthToSpace layer = (DepthToSpace) context.node().layer();
    pixels = new PixelBlocks(layer.blockSize(), layer.mode(), context.node().input());
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    pixels.toSpace(x, y, step.blocks());
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      pixels.toDepth(dy, dx, step.blocks());
    }
  }
}
