package dev.convoy.train.round;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;

/** The place where the contributions of a round are summed; it changes no bit of the result. */
@PublicApi
public enum Aggregation {
  /** Sharded where all contributions together are large, else on the driver. */
  AUTO {
    @Override
    public boolean isSharded(TrainingPlan plan) {
      return plan.workers() * plan.contributionBytes() > DRIVER_BYTES;
    }
  },

  /** The driver takes every contribution, and sums them. */
  DRIVER {
    @Override
    public boolean isSharded(TrainingPlan plan) {
      return false;
    }
  },

  /**
   * Contributions stay on the executors, cut into shards. A shuffle brings each shard's pieces to
   * one task, which sums them and, where gradients are averaged, steps the optimizer; the driver
   * takes what the state becomes.
   */
  SHARDED {
    @Override
    public boolean isSharded(TrainingPlan plan) {
      return true;
    }
  };

  /** Contributions up to which the driver is the simpler way. */
  private static final long DRIVER_BYTES = 256L << 20;

  /** Whether the executors sum the contributions of this plan's rounds. */
  @Internal
  public abstract boolean isSharded(TrainingPlan plan);
}
