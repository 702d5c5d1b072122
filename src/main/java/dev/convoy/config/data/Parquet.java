package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.data.PixelOrder;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files, read by Spark: a column of pictures, encoded or as pixels, and one of labels,
 * class numbers or names. Classes have the names that the files' key-value metadata give, under
 * {@code convoy.classes} as a JSON list, or as Hugging Face's data sets say them of the column of
 * labels, if the job names none; files that give different names are refused.
 *
 * @param path of the files, or of their folder, of which those that end in {@code .parquet} are
 *     taken
 * @param image the column of pictures: of binary values, or of arrays of whole numbers where {@code
 *     shape} is given; {@code a.b} for a field in a column; {@code image} by default
 * @param label the column of labels; {@code label} by default. Files without it may lie in folders
 *     that tell it, as in {@code label=cat}
 * @param shape of pixels, {@code [C, H, W]}; without it, values are picture files, as for {@link
 *     Images}
 * @param order of pixels; channels first by default
 */
@PublicApi
public record Parquet(
    Paths path,
    @Defaulted String image,
    @Defaulted String label,
    @Nullable Shape shape,
    @Defaulted PixelOrder order)
    implements DataSource {
  public Parquet {
    Check.present(path, "Parquet.path");
    image = image == null ? "image" : image;
    label = label == null ? "label" : label;
    if (shape != null && (!shape.isImage() || shape.channels() != 1 && shape.channels() != 3)) {
      throw new IllegalArgumentException(
          "Parquet.shape must be [1, height, width] or [3, height, width], but was " + shape);
    }
    order = order == null ? PixelOrder.CHANNELS_FIRST : order;
  }

  @Override
  public boolean holdsPixels() {
    return shape != null;
  }
}
