package dev.convoy.config.data;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.data.PixelOrder;
import dev.convoy.data.TargetColumns;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files, read by Spark: a column of pictures, encoded or as pixels, and one of labels,
 * class numbers or names, or columns of target vectors. Classes have the names that the files'
 * key-value metadata give, under {@code convoy.classes} as a JSON list, or as Hugging Face's data
 * sets say them of the column of labels, if the job names none; files that give different names are
 * refused.
 *
 * @param path of the files, or of their folder, of which those that end in {@code .parquet} are
 *     taken
 * @param image the column of pictures: of binary values, or of arrays of whole numbers where {@code
 *     shape} is given; {@code a.b} for a field in a column; {@code image} by default
 * @param label the column of labels; {@code label} by default, where neither {@code labels} nor
 *     {@code target} is given. Files without it may lie in folders that tell it, as in {@code
 *     label=cat}
 * @param labels the columns that tell, each for one label, whether a picture has it: {@code true},
 *     {@code false}, or a number from 0 to 1; they name the network's outputs
 * @param target the column of numbers, or of arrays of them, that is to be predicted, or several
 *     columns of numbers
 * @param weight the column of weights, finite and at least 0: how much each picture counts; by
 *     default all count alike
 * @param shape of pixels, {@code [C, H, W]}; without it, values are picture files, as for {@link
 *     Images}
 * @param order of pixels; channels first by default
 */
@PublicApi
public record Parquet(
    Paths path,
    @Defaulted String image,
    @Nullable String label,
    @Nullable List<String> labels,
    @Nullable Columns target,
    @Nullable String weight,
    @Nullable Shape shape,
    @Defaulted PixelOrder order)
    implements DataSource {
  public Parquet {
    Check.present(path, "Parquet.path");
    image = image == null ? "image" : image;
    label = label == null && labels == null && target == null ? "label" : label;
    labels = labels == null ? null : List.copyOf(labels);
    columns(label, labels, target, weight);
    if (shape != null && (!shape.isImage() || shape.channels() != 1 && shape.channels() != 3)) {
      throw new IllegalArgumentException(
          "Parquet.shape must be [1, height, width] or [3, height, width], but was " + shape);
    }
    order = order == null ? PixelOrder.CHANNELS_FIRST : order;
  }

  /** Pictures of classes, that all count alike. */
  public Parquet(
      Paths path,
      @Nullable String image,
      @Nullable String label,
      @Nullable Shape shape,
      @Nullable PixelOrder order) {
    this(path, image, label, null, null, null, shape, order);
  }

  private static TargetColumns columns(
      @Nullable String label,
      @Nullable List<String> labels,
      @Nullable Columns target,
      @Nullable String weight) {
    return TargetColumns.of(
        "Parquet", label, labels, target == null ? null : target.list(), weight);
  }

  /** The columns that tell what is known of a picture. */
  @Internal
  public TargetColumns targetColumns() {
    return columns(label, labels, target, weight);
  }

  @Override
  public boolean holdsPixels() {
    return shape != null;
  }
}
