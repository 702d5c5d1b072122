package dev.convoy.nn.replica.pass.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.replica.pass.shape.IdentityPass;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Means of windows of uneven sizes, which may overlap; cell by cell, row-major in each window. */
public final class AdaptiveAvgPool2dPass extends LayerPass {
  private final Shape in;
  private final Shape out;
  private final float[] sums = new float[Lanes.WIDTH];

  private AdaptiveAvgPool2dPass(Node node) {
    in = node.input();
    out = node.output();
  }

  /** Makes the pass that suits the sizes: nothing to do, ordinary windows, or uneven ones. */
  public static NodePass of(PassContext context) {
    Node node = context.node();
    AdaptiveAvgPool2d layer = (AdaptiveAvgPool2d) node.layer();
    if (node.input().equals(node.output())) {
      return new IdentityPass();
    }
    return layer.isRegular(node.input())
        ? AvgPool2dPass.of(context, layer.over(node.input()))
        : new AdaptiveAvgPool2dPass(node);
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int m = 0; m < out.height(); m++) {
        for (int n = 0; n < out.width(); n++) {
          mean(x, plane, m, n, y, ((plane * out.height() + m) * out.width() + n) * Lanes.WIDTH);
        }
      }
    }
  }

  private void mean(float[] x, int plane, int m, int n, float[] y, int to) {
    int firstColumn = first(n, in.width(), out.width());
    int endColumn = end(n, in.width(), out.width());
    int endRow = end(m, in.height(), out.height());
    Arrays.fill(sums, 0);
    for (int row = first(m, in.height(), out.height()); row < endRow; row++) {
      int pixels = (plane * in.height() + row) * in.width();
      for (int column = firstColumn; column < endColumn; column++) {
        int at = (pixels + column) * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          sums[lane] += x[at + lane];
        }
      }
    }
    float scale = scale(m, n);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      y[to + lane] = sums[lane] * scale;
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    Arrays.fill(dx, 0, step.blocks() * in.size() * Lanes.WIDTH, 0);
    for (int plane = 0; plane < step.blocks() * in.channels(); plane++) {
      for (int m = 0; m < out.height(); m++) {
        for (int n = 0; n < out.width(); n++) {
          share(dy, ((plane * out.height() + m) * out.width() + n) * Lanes.WIDTH, plane, m, n, dx);
        }
      }
    }
  }

  private void share(float[] dy, int from, int plane, int m, int n, float[] dx) {
    float scale = scale(m, n);
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[lane] = dy[from + lane] * scale;
    }
    int firstColumn = first(n, in.width(), out.width());
    int endColumn = end(n, in.width(), out.width());
    int endRow = end(m, in.height(), out.height());
    for (int row = first(m, in.height(), out.height()); row < endRow; row++) {
      int pixels = (plane * in.height() + row) * in.width();
      for (int column = firstColumn; column < endColumn; column++) {
        int at = (pixels + column) * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          dx[at + lane] += sums[lane];
        }
      }
    }
  }

  private float scale(int m, int n) {
    int rows = end(m, in.height(), out.height()) - first(m, in.height(), out.height());
    int columns = end(n, in.width(), out.width()) - first(n, in.width(), out.width());
    return 1f / (rows * columns);
  }

  private static int first(int window, int inputs, int outputs) {
    return (int) ((long) window * inputs / outputs);
  }

  private static int end(int window, int inputs, int outputs) {
    return (int) (((window + 1L) * inputs + outputs - 1) / outputs);
  }
}
