package dev.convoy.nn.replica.pass.activation;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A layer that treats the channels at each position together, and whose output tells the slope:
 * position by position, sixteen images at a time.
 */
abstract class AcrossChannelsPass extends LayerPass {
  final int channels;

  /** Floats from one channel's values to the next one's. */
  final int stride;

  AcrossChannelsPass(PassContext context) {
    Node node = context.node();
    channels = node.input().channels();
    stride = node.input().size() / channels * Lanes.WIDTH;
  }

  /** Computes the output of the position whose first channel begins at {@code at}. */
  abstract void apply(float[] x, float[] y, int at);

  /** Turns the gradient of that output into the one of its input. */
  abstract void turnGradient(float[] y, float[] gradient, int at);

  @Override
  public final boolean inPlace() {
    return true;
  }

  @Override
  public final boolean readsOutput() {
    return true;
  }

  @Override
  public final void forward(StepContext step, float[] x, float[] y) {
    for (int block = 0; block < step.blocks(); block++) {
      int start = block * channels * stride;
      for (int at = start; at < start + stride; at += Lanes.WIDTH) {
        apply(x, y, at);
      }
    }
  }

  @Override
  public final void backward(
      StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    for (int block = 0; block < step.blocks(); block++) {
      int start = block * channels * stride;
      for (int at = start; at < start + stride; at += Lanes.WIDTH) {
        turnGradient(y, dx, at);
      }
    }
  }
}
