package dev.convoy.spark.portion;

import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.Skip;
import dev.convoy.image.DataException;
import java.util.List;
import java.util.Locale;

/** Refuses data of which more is bad than a rule allows. */
public final class BadShare {
  private BadShare() {}

  /**
   * Checks.
   *
   * @param problems one line for each bad record, in their order
   * @param records good and bad
   * @throws DataException that names the first
   */
  public static void check(List<String> problems, long records, BadRecordRule rule) {
    if (!problems.isEmpty()) {
      String first = problems.get(0);
      if (!(rule instanceof Skip skip)) {
        String others =
            problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more are bad";
        throw new DataException(first + others);
      } else if (problems.size() > skip.share() * records) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s; and with it %d of %d records are bad, more than the share of %s that"
                    + " onBadRecord allows",
                first,
                problems.size(),
                records,
                skip.share()));
      }
    }
    if (records == problems.size()) {
      throw new DataException("The data must hold one image at least that can be used");
    }
  }
}
