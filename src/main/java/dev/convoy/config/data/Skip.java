package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;

/**
 * Goes on without bad records, each of which is named in the file {@code bad-records.jsonl} of the
 * output folder.
 *
 * @param share of a source's records that may be bad, from 0 up to 1; with more, the data are
 *     refused; 0.01 by default
 */
@PublicApi
public record Skip(@Defaulted Double share) implements BadRecordRule {
  private static final double DEFAULT_SHARE = 0.01;

  public Skip {
    share = share == null ? DEFAULT_SHARE : share;
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("Skip.share must be from 0 to 1, but was " + share);
    }
  }
}
