package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * Deals the training examples to workers and blocks anew, now and then.
 *
 * @param everyEpochs after how many epochs, at least 1
 */
@PublicApi
public record Reshuffle(int everyEpochs) {
  public Reshuffle {
    Check.positive(everyEpochs, "Reshuffle.everyEpochs");
  }
}
