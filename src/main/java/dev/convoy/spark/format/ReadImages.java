package dev.convoy.spark.format;

import dev.convoy.data.DataSummary;
import dev.convoy.image.DataException;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.portion.BadShare;
import dev.convoy.spark.portion.Numbering;
import dev.convoy.spark.portion.Portion;
import dev.convoy.spark.portion.Survey;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Images that were read and checked.
 *
 * @param summary of those that can be used
 * @param blocks of these
 * @param numbering of these
 * @param records good and bad
 * @param imageBytes of the images' pixels, or of their files where blocks keep these
 * @param problems one line for each bad record, in their order
 * @param faults of pictures' files, in spite of which these were read: a line for each
 */
public record ReadImages(
    DataSummary summary,
    BlockRdd blocks,
    Numbering numbering,
    long records,
    long imageBytes,
    List<String> problems,
    List<String> faults) {

  /**
   * Decodes all records on Spark, and keeps what came out, or the pictures' files, on the
   * executors' disks: blocks are made of that, whatever reading cost.
   *
   * @throws dev.convoy.image.DataException if records are bad and must not be, or none is left
   */
  public static ReadImages of(
      JavaSparkContext spark, JavaRDD<Portion> portions, ImageRequest request) {
    return of(spark, portions, request, null, 0);
  }

  /**
   * The same where it is known how many records there must be.
   *
   * @param who has them, for errors; absent where it is not known
   * @throws dev.convoy.image.DataException if so many did not come, as well
   */
  static ReadImages of(
      JavaSparkContext spark,
      JavaRDD<Portion> portions,
      ImageRequest request,
      @Nullable String who,
      long expected) {
    JavaRDD<Portion> kept = portions.setName("decoded images").persist(StorageLevel.DISK_ONLY());
    try {
      return surveyed(spark, kept, request, who, expected);
    } catch (RuntimeException e) {
      kept.unpersist(false);
      throw e;
    }
  }

  private static ReadImages surveyed(
      JavaSparkContext spark,
      JavaRDD<Portion> kept,
      ImageRequest request,
      @Nullable String who,
      long expected) {
    spark.setJobDescription("decoding and checking images");
    int classes = request.classes() == null ? 0 : request.classes().size();
    Survey survey = Survey.of(kept, request.input(), classes, request.loss());
    spark.setJobDescription(null);
    if (who != null && survey.records() != expected) {
      throw new DataException(
          who
              + ": must hold "
              + expected
              + " pictures, as the files say at their ends, but "
              + survey.records()
              + " were read");
    }
    BadShare.check(survey.problems(), survey.records(), request.onBadRecord());
    if (survey.summary().weight() == 0) {
      throw new DataException(
          "The data must hold one image of a weight above 0 at least, but each weighs 0");
    }
    BlockRdd blocks =
        new BlockRdd(examples -> kept, survey.numbering(), survey.summary().exampleBytes())
            .madeOf(kept);
    return new ReadImages(
        survey.summary(),
        blocks,
        survey.numbering(),
        survey.records(),
        survey.imageBytes(),
        survey.problems(),
        survey.faults());
  }
}
