package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.nn.replica.step.Sums;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A border of the image's own pixels: copied in from where they are repeated, and their gradients
 * added there, in ascending order of the larger plane's pixels.
 */
public final class MirroredPad2dPass extends LayerPass {
  private final Shape in;
  private final Shape out;

  /** Which row and column of the image each of the larger plane's is a copy of. */
  private final int[] rows;

  private final int[] columns;

  /** Columns before the image, whose own lie in one run. */
  private final int left;

  public MirroredPad2dPass(PassContext context) {
    Node node = context.node();
    Pad2d layer = (Pad2d) node.layer();
    in = node.input();
    out = node.output();
    left = layer.padding().left();
    rows = copied(out.height(), in.height(), layer.padding().top(), layer.mode());
    columns = copied(out.width(), in.width(), left, layer.mode());
  }

  private static int[] copied(int length, int size, int before, Pad2d.Border mode) {
    int[] copied = new int[length];
    for (int i = 0; i < length; i++) {
      int at = i - before;
      boolean replicates = mode == Pad2d.Border.REPLICATE;
      if (at < 0) {
        at = replicates ? 0 : -at;
      } else if (at >= size) {
        at = replicates ? size - 1 : 2 * (size - 1) - at;
      }
      copied[i] = at;
    }
    return copied;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int row = 0; row < rows.length; row++) {
        int from = (plane * in.height() + rows[row]) * in.width();
        int to = (plane * out.height() + row) * out.width();
        int width = in.width() * Lanes.WIDTH;
        System.arraycopy(x, from * Lanes.WIDTH, y, (to + left) * Lanes.WIDTH, width);
        copyBorder(x, from, y, to, 0, left);
        copyBorder(x, from, y, to, left + in.width(), columns.length);
      }
    }
  }

  private void copyBorder(float[] x, int from, float[] y, int to, int first, int end) {
    for (int column = first; column < end; column++) {
      int pixel = (from + columns[column]) * Lanes.WIDTH;
      System.arraycopy(x, pixel, y, (to + column) * Lanes.WIDTH, Lanes.WIDTH);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    Arrays.fill(dx, 0, step.blocks() * in.size() * Lanes.WIDTH, 0);
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int row = 0; row < rows.length; row++) {
        int to = (plane * in.height() + rows[row]) * in.width();
        int from = (plane * out.height() + row) * out.width();
        int width = in.width() * Lanes.WIDTH;
        addBorder(dy, from, dx, to, 0, left);
        Sums.addTo(dx, to * Lanes.WIDTH, dy, (from + left) * Lanes.WIDTH, width);
        addBorder(dy, from, dx, to, left + in.width(), columns.length);
      }
    }
  }

  private void addBorder(float[] dy, int from, float[] dx, int to, int first, int end) {
    for (int column = first; column < end; column++) {
      int pixel = (to + columns[column]) * Lanes.WIDTH;
      Sums.addTo(dx, pixel, dy, (from + column) * Lanes.WIDTH, Lanes.WIDTH);
    }
  }
}
