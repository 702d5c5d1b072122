package dev.convoy.spark.portion;

import dev.convoy.data.BadRecord;
import dev.convoy.data.DataSummary;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a portion tells the driver.
 *
 * @param imageBytes of the pixels or files that it holds
 */
record FoundPortion(
    int part,
    int first,
    int records,
    BadRecord[] bad,
    String[] faults,
    @Nullable String damage,
    int[] positions,
    int[] labels,
    int[] perClass,
    PixelSums sums,
    byte[] digests,
    long imageBytes)
    implements Serializable {
  static FoundPortion of(Portion portion, int classes) {
    ImageBlock images = portion.images();
    int[] perClass = new int[classes];
    DataSummary.count(images, perClass);
    return new FoundPortion(
        portion.part(),
        portion.first(),
        portion.records(),
        portion.bad().toArray(BadRecord[]::new),
        portion.faults(),
        portion.damage(),
        images.ids(),
        images.labels(),
        perClass,
        portion.sums(),
        portion.digests(),
        images.imageBytes());
  }
}
