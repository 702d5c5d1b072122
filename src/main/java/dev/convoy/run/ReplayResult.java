package dev.convoy.run;

import dev.convoy.report.GradientNorms;
import dev.convoy.train.round.Contribution;
import java.util.Optional;

/**
 * What a worker's part of a round came to when it was done again.
 *
 * @param epoch of the round, from 1
 * @param roundInEpoch from 1
 * @param roundsPerEpoch rounds of that epoch
 * @param norms of gradients and weights, step by step and layer by layer
 * @param contribution of the worker
 * @param loggedHash of the contribution that the run logged; empty if it logged none
 */
public record ReplayResult(
    int epoch,
    int roundInEpoch,
    int roundsPerEpoch,
    GradientNorms norms,
    Contribution contribution,
    Optional<String> loggedHash) {
  /** Returns whether the run logged another contribution than this one. */
  public boolean differs() {
    return loggedHash.isPresent() && !loggedHash.get().equals(contribution.hashText());
  }
}
