package dev.convoy.spark.format.table;

import dev.convoy.image.BgrPixels;
import dev.convoy.image.DataException;
import dev.convoy.image.Picture;
import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;

/**
 * A picture in the structure of Spark's {@code image} source: rows of blue, green and red bytes,
 * side by side, or of grey ones; a fourth value says how opaque a pixel is.
 *
 * @param shape {@code [1, H, W]} or {@code [3, H, W]}
 * @param pixels channel by channel, red first
 */
record ImageStruct(Shape shape, byte[] pixels) {
  private static final List<String> NUMBERS = List.of("height", "width", "nChannels", "mode");
  private static final String DATA = "data";

  /** The modes, numbered as OpenCV does, and the values of a pixel in each. */
  private enum Mode {
    GREY(0, 1),
    COLOUR(16, 3),
    COLOUR_AND_ALPHA(24, 4);

    private final int number;
    private final int values;

    Mode(int number, int values) {
      this.number = number;
      this.values = values;
    }
  }

  /** Tells whether a structure has the fields, whatever may be empty. */
  static boolean fits(StructType struct) {
    return NUMBERS.stream().allMatch(name -> has(struct, name, IntegerType.class))
        && has(struct, DATA, BinaryType.class);
  }

  private static boolean has(StructType struct, String name, Class<? extends DataType> type) {
    return Arrays.asList(struct.fieldNames()).contains(name)
        && type.isInstance(struct.apply(name).dataType());
  }

  /** Adds what makes it this picture, which where it comes from does not. */
  static void addTo(MessageDigest digest, Row image) {
    for (String name : NUMBERS) {
      Integer value = image.getAs(name);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value == null ? -1 : value).array());
    }
    byte[] data = image.getAs(DATA);
    digest.update(data == null ? new byte[0] : data);
  }

  /**
   * Reads a structure.
   *
   * @throws DataException if its fields contradict each other
   */
  static ImageStruct of(Row image, String name) {
    byte[] data = image.getAs(DATA);
    if (data == null || NUMBERS.stream().anyMatch(field -> image.getAs(field) == null)) {
      throw new DataException(name + ": must have a picture in all its fields, but lacks some");
    }
    int height = image.<Integer>getAs("height");
    int width = image.<Integer>getAs("width");
    int channels = image.<Integer>getAs("nChannels");
    int number = image.<Integer>getAs("mode");
    Mode mode =
        Arrays.stream(Mode.values())
            .filter(known -> known.number == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        name
                            + ": an image's mode must be 0, 16 or 24, 8 bits a channel, but is "
                            + number));
    if (height < 1 || width < 1) {
      throw new DataException(
          name + ": must be 1 pixel wide and high at least, but is " + width + " by " + height);
    }
    Picture.checkSize(width, height, name + ":");
    if (channels != mode.values || data.length != (long) height * width * mode.values) {
      throw new DataException(
          name
              + ": an image of mode "
              + number
              + ", "
              + width
              + " by "
              + height
              + ", must have "
              + mode.values
              + " channels and "
              + (long) height * width * mode.values
              + " bytes, but has "
              + channels
              + " and "
              + data.length);
    }
    return new ImageStruct(
        Shape.of(Math.min(mode.values, 3), height, width),
        BgrPixels.channelsFirst(data, mode.values));
  }
}
