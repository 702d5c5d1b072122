package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.tap.TapKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One bias a channel of the output; its gradient is the sum of dy over batch and positions, lane
 * block by lane block.
 */
public final class ChannelBias {
  private final TapKernels kernels;
  private final int offset;
  private final int channels;
  private final int plane;

  /** A sum for each channel and lane. */
  private final float[] sums;

  private ChannelBias(Node node, Kernels kernels) {
    this.kernels = kernels.taps();
    offset = node.parameters().get(1).offset();
    channels = node.output().channels();
    plane = node.output().size() / channels * Lanes.WIDTH;
    sums = new float[channels * Lanes.WIDTH];
  }

  /** Returns the bias of a layer; nothing if it has none. */
  public static @Nullable ChannelBias of(Node node, Kernels kernels) {
    return node.parameters().size() > 1 ? new ChannelBias(node, kernels) : null;
  }

  /** Returns where it starts in the parameters. */
  public int offset() {
    return offset;
  }

  /** Computes the gradient. */
  public void gradient(StepContext step, float[] dy) {
    begin();
    for (int block = 0; block < step.blocks(); block++) {
      add(dy, block * channels * plane, 0, channels);
    }
    end(step);
  }

  /** Begins a gradient that is summed bit by bit. */
  public void begin() {
    Arrays.fill(sums, 0);
  }

  /**
   * Adds a lane block's part.
   *
   * @param dy {@code [count][H][W][16]} from {@code from} on
   * @param first of the channels that they are of
   */
  public void add(float[] dy, int from, int first, int count) {
    kernels.addPlanes(dy, from, plane, count, sums, first * Lanes.WIDTH);
  }

  /** Stores what was summed. */
  public void end(StepContext step) {
    for (int c = 0; c < channels; c++) {
      step.gradients()[offset + c] = Lanes.sum(sums, c * Lanes.WIDTH);
    }
  }
}
