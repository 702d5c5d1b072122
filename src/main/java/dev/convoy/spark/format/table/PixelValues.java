package dev.convoy.spark.format.table;

import dev.convoy.image.DataException;
import java.io.ByteArrayOutputStream;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Makes unsigned bytes of numbers in arrays, however deep, and in vectors. */
final class PixelValues {
  private static final int LARGEST = 255;

  private PixelValues() {}

  /**
   * Returns the bytes.
   *
   * @param name of the image, for errors
   * @throws DataException if a value is not a whole number from 0 to 255
   */
  static byte[] bytes(Object values, String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (values instanceof Vector vector) {
      for (double value : vector.toArray()) {
        add(value, name, bytes);
      }
    } else {
      add(values, name, bytes);
    }
    return bytes.toByteArray();
  }

  private static void add(@Nullable Object value, String name, ByteArrayOutputStream bytes) {
    if (value instanceof scala.collection.Iterable<?> items) {
      CollectionConverters.asJava(items).forEach(item -> add(item, name, bytes));
    } else if (value instanceof Number number && isByte(number.doubleValue())) {
      bytes.write(number.intValue());
    } else {
      throw new DataException(
          name + ": pixel values must be whole numbers from 0 to 255, but one is " + value);
    }
  }

  private static boolean isByte(double value) {
    return value >= 0 && value <= LARGEST && value == Math.rint(value);
  }
}
