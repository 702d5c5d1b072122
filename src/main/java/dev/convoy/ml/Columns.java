package dev.convoy.ml;

import dev.convoy.data.PixelOrder;
import dev.convoy.image.DataException;
import dev.convoy.spark.format.table.PictureCell;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns of a dataset that a stage takes in, found by their names. */
final class Columns {
  private Columns() {}

  /**
   * Returns what reads the pictures of a column.
   *
   * @param shape of pixels in vectors, arrays and raw bytes; absent where there are none
   * @throws IllegalArgumentException if there is no such column, or it holds no pictures
   */
  static PictureCell pictures(String uid, StructType schema, String column, @Nullable Shape shape) {
    StructField field = field(uid, schema, column);
    try {
      return PictureCell.of(uid, column, field.dataType(), shape, PixelOrder.CHANNELS_FIRST);
    } catch (DataException e) {
      throw new IllegalArgumentException(
          e.getMessage().replace("with shape saying", "with inputShape saying"), e);
    }
  }

  /**
   * Returns a column's field.
   *
   * @throws IllegalArgumentException if there is none
   */
  static StructField field(String uid, StructType schema, String column) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(column))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    uid
                        + ": the dataset must have the column "
                        + column
                        + ", but has "
                        + String.join(", ", schema.fieldNames())));
  }

  /** Returns the column of a name, whatever characters are in it. */
  static Column named(String column) {
    return functions.col("`" + column.replace("`", "``") + "`");
  }
}
