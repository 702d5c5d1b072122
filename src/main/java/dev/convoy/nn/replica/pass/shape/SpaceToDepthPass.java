package dev.convoy.nn.replica.pass.shape;

import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** Lays cells of blocks out as channels, and gradients of channels as cells. */
public final class SpaceToDepthPass extends LayerPass {
  private final PixelBlocks pixels;

  public SpaceToDepthPass(PassContext context) {
    SpaceToDepth layer = (SpaceToDepth) context.node().layer();
    pixels = new PixelBlocks(layer.blockSize(), layer.mode(), context.node().output());
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    pixels.toDepth(x, y, step.blocks());
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      pixels.toSpace(dy, dx, step.blocks());
    }
  }
}
