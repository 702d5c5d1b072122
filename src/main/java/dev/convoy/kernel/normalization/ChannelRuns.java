package dev.convoy.kernel.normalization;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * The places of a channel's values in a batch: a run of each lane block.
 *
 * @param count floats of a run, a multiple of {@link Lanes#WIDTH}
 * @param runs one a lane block
 * @param stride from one run to the next
 */
public record ChannelRuns(int count, int runs, int stride) {
  public ChannelRuns {
    Check.positive(count, "ChannelRuns.count");
    Check.positive(runs, "ChannelRuns.runs");
    if (count % Lanes.WIDTH != 0) {
      throw new IllegalArgumentException(
          "ChannelRuns.count must be a multiple of " + Lanes.WIDTH + ", but was " + count);
    }
  }

  /**
   * Returns where a channel lies in batches of up to so many lane blocks, by their number; none at
   * 0.
   *
   * @param plane floats of a channel of one lane block
   */
  public static ChannelRuns[] upTo(int blocks, int channels, int plane) {
    ChannelRuns[] runs = new ChannelRuns[blocks + 1];
    for (int i = 1; i <= blocks; i++) {
      runs[i] = new ChannelRuns(plane, i, channels * plane);
    }
    return runs;
  }

  /** Returns one past the last float, from the first. */
  long reach() {
    return (runs - 1L) * stride + count;
  }
}
