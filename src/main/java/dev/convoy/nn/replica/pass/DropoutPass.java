package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x · mask / keep} with a mask of 0 and 1 drawn anew in each step; {@code dx = dy · mask
 * / keep}. The mask has a value for each channel of an image, for each image, or for each value.
 */
public final class DropoutPass extends LayerPass {
  private final int planes;

  /** Values that share a draw. */
  private final int positions;

  private final DropoutMask mask;
  private boolean drops;

  private DropoutPass(int planes, int positions, DropoutMask mask) {
    this.planes = planes;
    this.positions = positions;
    this.mask = mask;
  }

  /** Makes the pass of {@link Dropout}, which drops value by value. */
  static DropoutPass ofValues(PassContext context) {
    Node node = context.node();
    float rate = ((Dropout) node.layer()).rate();
    // In use nothing is drawn.
    int count = context.trains() ? context.blocks() * node.output().size() * Lanes.WIDTH : 0;
    return ofValues(node, new DropoutMask(rate, count, context.kernels()));
  }

  /** Makes a pass that drops value by value, by this mask. */
  public static DropoutPass ofValues(Node node, DropoutMask mask) {
    return new DropoutPass(node.output().size(), 1, mask);
  }

  /** Makes the pass of {@link Dropout2d}, which drops channel by channel. */
  static DropoutPass ofChannels(PassContext context) {
    Node node = context.node();
    float rate = ((Dropout2d) node.layer()).rate();
    int channels = node.output().channels();
    int count = context.trains() ? context.blocks() * channels * Lanes.WIDTH : 0;
    DropoutMask mask = new DropoutMask(rate, count, context.kernels());
    return new DropoutPass(channels, node.output().size() / channels, mask);
  }

  /** Makes the pass of {@link StochasticDepth}, which drops example by example. */
  static DropoutPass ofExamples(PassContext context) {
    Node node = context.node();
    float rate = ((StochasticDepth) node.layer()).rate();
    DropoutMask mask = new DropoutMask(rate, context.blocks() * Lanes.WIDTH, context.kernels());
    return new DropoutPass(1, node.output().size(), mask);
  }

  @Override
  public long heldFloats() {
    return mask.heldFloats();
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    int count = step.blocks() * planes * Lanes.WIDTH;
    drops = mask.draw(step, count);
    if (drops) {
      multiply(x, y, count);
    } else if (x != y) {
      System.arraycopy(x, 0, y, 0, count * positions);
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null && drops) {
      multiply(dy, dx, step.blocks() * planes * Lanes.WIDTH);
    }
  }

  private void multiply(float[] from, float[] to, int count) {
    float[] factors = mask.factors();
    if (positions == 1) {
      for (int i = 0; i < count; i++) {
        to[i] = from[i] * factors[i];
      }
      return;
    }
    for (int plane = 0; plane < count; plane += Lanes.WIDTH) {
      for (int position = 0; position < positions; position++) {
        int at = plane * positions + position * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          to[at + lane] = from[at + lane] * factors[plane + lane];
        }
      }
    }
  }
}
