package dev.convoy.config;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;

/**
 * Says how often a training leaves a checkpoint, and how many are kept.
 *
 * @param everyRounds rounds from one checkpoint to the next; the end of a training leaves one too;
 *     0 for none at all; 50 by default
 * @param keep the newest ones that are kept, at least 1; 3 by default
 */
@PublicApi
public record Checkpoints(@Defaulted Integer everyRounds, @Defaulted Integer keep) {
  private static final int DEFAULT_ROUNDS = 50;

  /** More than one, as the newest may be damaged. */
  private static final int DEFAULT_KEEP = 3;

  public Checkpoints {
    everyRounds = everyRounds == null ? DEFAULT_ROUNDS : everyRounds;
    keep = keep == null ? DEFAULT_KEEP : keep;
    Check.atLeast(everyRounds, 0, "Checkpoints.everyRounds");
    Check.positive(keep, "Checkpoints.keep");
  }

  /** Whether there are any. */
  public boolean wanted() {
    return everyRounds > 0;
  }
}
