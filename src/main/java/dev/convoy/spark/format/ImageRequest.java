package dev.convoy.spark.format;

import dev.convoy.config.data.BadRecordRule;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.Preparation;
import dev.convoy.image.Preprocessing;
import dev.convoy.loss.Loss;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a data set.
 *
 * @param input shape that the network takes
 * @param preprocess what makes pictures fit it
 * @param classes of the labels; absent if labels are not wanted
 * @param loss that compares outputs with labels
 * @param onBadRecord what is done about records that can't be used
 * @param encoded whether blocks keep pictures' files in place of their pixels
 * @param uncutSteps how many steps of {@code preprocess} a picture gets that is still to be cut
 */
public record ImageRequest(
    Shape input,
    List<Preprocessing> preprocess,
    @Nullable ClassLabels classes,
    Loss loss,
    BadRecordRule onBadRecord,
    boolean encoded,
    int uncutSteps) {
  /** The same for blocks of pixels. */
  public ImageRequest(
      Shape input,
      List<Preprocessing> preprocess,
      @Nullable ClassLabels classes,
      Loss loss,
      BadRecordRule onBadRecord) {
    this(input, preprocess, classes, loss, onBadRecord, false, preprocess.size());
  }

  /** Returns what makes pictures fit. */
  public Preparation preparation() {
    return new Preparation(input, preprocess, uncutSteps);
  }
}
