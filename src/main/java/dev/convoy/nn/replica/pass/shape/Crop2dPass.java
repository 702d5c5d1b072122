package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.replica.convolution.Packing;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies the middle of each plane, and its gradient back into zeros. */
public final class Crop2dPass extends LayerPass {
  private final int top;
  private final int left;
  private final Shape in;
  private final Shape out;

  public Crop2dPass(PassContext context) {
    Node node = context.node();
    Crop2d layer = (Crop2d) node.layer();
    top = layer.cropping().top();
    left = layer.cropping().left();
    in = node.input();
    out = node.output();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    int length = out.width() * Lanes.WIDTH;
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int row = 0; row < out.height(); row++) {
        int from = (plane * in.height() + top + row) * in.width() + left;
        System.arraycopy(x, from * Lanes.WIDTH, y, (plane * out.height() + row) * length, length);
      }
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    int planes = step.blocks() * in.channels();
    Arrays.fill(dx, 0, step.blocks() * in.size() * Lanes.WIDTH, 0);
    Packing.pad(
        dy, 0, planes, out.height(), out.width(), dx, 0, top, left, in.height(), in.width());
  }
}
