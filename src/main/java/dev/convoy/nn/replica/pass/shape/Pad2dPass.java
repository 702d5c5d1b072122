package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.replica.convolution.Packing;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies each plane into the middle of a larger one, and its gradient back. */
public final class Pad2dPass extends LayerPass {
  private final Pad2d layer;
  private final Shape in;
  private final Shape out;

  public Pad2dPass(PassContext context) {
    Node node = context.node();
    this.layer = (Pad2d) node.layer();
    this.in = node.input();
    this.out = node.output();
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    // A layer after this one may work in place: the border is written anew each time.
    Arrays.fill(y, 0, step.blocks() * out.size() * Lanes.WIDTH, layer.value());
    Packing.pad(
        x,
        0,
        step.blocks() * in.channels(),
        in.height(),
        in.width(),
        y,
        0,
        layer.padding().top(),
        layer.padding().left(),
        out.height(),
        out.width());
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    int length = in.width() * Lanes.WIDTH;
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int row = 0; row < in.height(); row++) {
        int outRow = plane * out.height() + layer.padding().top() + row;
        int from = (outRow * out.width() + layer.padding().left()) * Lanes.WIDTH;
        System.arraycopy(dy, from, dx, (plane * in.height() + row) * length, length);
      }
    }
  }
}
