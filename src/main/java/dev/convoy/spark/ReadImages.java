package dev.convoy.spark;

import dev.convoy.config.BadRecordRule;
import dev.convoy.config.Skip;
import dev.convoy.data.DataSummary;
import dev.convoy.image.DataException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Images that were read and checked.
 *
 * @param summary of those that can be used
 * @param blocks of these
 * @param records good and bad
 * @param problems one line for each bad record, in their order
 */
public record ReadImages(
    DataSummary summary, BlockRdd blocks, long records, List<String> problems) {

  /**
   * Decodes all records on Spark, and keeps what came out on the executors' disks: blocks are made
   * of that, whatever decoding cost.
   *
   * @throws DataException if records are bad and must not be, or none is left
   */
  static ReadImages of(JavaSparkContext spark, JavaRDD<Portion> portions, ImageRequest request) {
    JavaRDD<Portion> kept = portions.setName("decoded images").persist(StorageLevel.DISK_ONLY());
    spark.setJobDescription("decoding and checking images");
    int classes = request.classes() == null ? 0 : request.classes().size();
    Survey survey = Survey.of(kept, request.input(), classes);
    spark.setJobDescription(null);
    refuse(survey, request.onBadRecord());
    BlockRdd blocks =
        new BlockRdd(examples -> kept, survey.numbering(), request.input(), request.input().size());
    return new ReadImages(survey.summary(), blocks, survey.records(), survey.problems());
  }

  private static void refuse(Survey survey, BadRecordRule rule) {
    List<String> problems = survey.problems();
    if (!problems.isEmpty()) {
      String first = problems.get(0);
      if (!(rule instanceof Skip skip)) {
        String others =
            problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more are bad";
        throw new DataException(first + others);
      } else if (problems.size() > skip.share() * survey.records()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s; and with it %d of %d records are bad, more than the share of %s that"
                    + " onBadRecord allows",
                first,
                problems.size(),
                survey.records(),
                skip.share()));
      }
    }
    if (survey.summary().count() == 0) {
      throw new DataException("The data must hold one image at least that can be used");
    }
  }
}
