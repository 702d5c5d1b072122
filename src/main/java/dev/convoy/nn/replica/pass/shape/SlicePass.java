package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies a run of channels, and its gradient back among zeros. */
public final class SlicePass extends LayerPass {
  private final int start;
  private final int length;
  private final int inputBlock;

  public SlicePass(PassContext context) {
    Node node = context.node();
    Slice layer = (Slice) node.layer();
    inputBlock = node.input().size() * Lanes.WIDTH;
    start = layer.from() * (inputBlock / node.input().channels());
    length = node.output().size() * Lanes.WIDTH;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int block = 0; block < step.blocks(); block++) {
      System.arraycopy(x, block * inputBlock + start, y, block * length, length);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    for (int block = 0; block < step.blocks(); block++) {
      int from = block * inputBlock;
      Arrays.fill(dx, from, from + start, 0);
      System.arraycopy(dy, block * length, dx, from + start, length);
      Arrays.fill(dx, from + start + length, from + inputBlock, 0);
    }
  }
}
