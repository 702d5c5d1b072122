package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;

/**
 * Measures the first rounds and picks H so that all of a round that is not computing takes a given
 * share of the time. What it picks is kept, as a {@link Staged} frequency by which another run
 * comes to the same bits.
 *
 * @param first steps of a round until there is a choice, at least 1; 8 by default
 * @param maximum of H, at least 1; 1,024 by default. Where so many batches of images are larger
 *     than 64 MiB, it is as many as are not
 * @param share of the time that waiting and averaging may take, above 0 and below 1; 0.05 by
 *     default
 */
@PublicApi
public record Auto(@Defaulted Integer first, @Defaulted Integer maximum, @Defaulted Double share)
    implements AveragingFrequency {
  private static final long serialVersionUID = 1;

  /** A worker's block of images holds the longest round. */
  private static final long ROUND_BYTES = 64L << 20;

  public Auto {
    first = first == null ? 8 : first;
    maximum = maximum == null ? 1024 : maximum;
    share = share == null ? 0.05 : share;
    Check.positive(first, "Auto.first");
    Check.positive(maximum, "Auto.maximum");
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Auto.share must be above 0 and below 1, but was " + share);
    }
  }

  @Override
  public int most() {
    return maximum;
  }

  @Override
  public Auto fitting(long batchBytes) {
    long most = Math.max(1, ROUND_BYTES / Math.max(1, batchBytes));
    return new Auto(first, (int) Math.min(maximum, most), share);
  }

  @Override
  public int steps(int epoch, int round, long step, double rate) {
    return Math.min(first, maximum);
  }

  @Override
  public String description() {
    return AveragingFrequency.every(Math.min(first, maximum)) + " until auto has measured";
  }
}
