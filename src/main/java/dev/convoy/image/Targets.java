package dev.convoy.image;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Holds what is known of each of some images, in a column: a class number, or a target vector,
 * whose values are kept in the size that they have in a file.
 *
 * <p>Not a record: the Kryo of Spark, which many clusters choose as their serializer, cannot write
 * records.
 */
public final class Targets implements Serializable {
  private static final long serialVersionUID = 1;

  /** Values of a vector; 0 for class numbers. */
  private final int width;

  // One of the three holds the values, the others are null.
  private final int[] classes;
  private final byte[] bytes;
  private final float[] floats;

  private Targets(int width, int[] classes, byte[] bytes, float[] floats) {
    this.width = width;
    this.classes = classes;
    this.bytes = bytes;
    this.floats = floats;
    int values = bytes == null ? floats == null ? 0 : floats.length : bytes.length;
    if (classes == null && (width < 1 || values % width != 0)) {
      throw new IllegalArgumentException(
          "Targets.width must be at least 1 and divide the number of values, "
              + values
              + ", but was "
              + width);
    }
  }

  /** Class numbers, or {@link ImageBlock#NO_LABEL}; not copied. */
  public static Targets classes(int[] numbers) {
    return new Targets(0, numbers, null, null);
  }

  /**
   * Vectors of whole numbers from 0 to 255; not copied.
   *
   * @param width values of a vector
   * @param values of one vector after the other, unsigned
   */
  public static Targets bytes(int width, byte[] values) {
    return new Targets(width, null, values, null);
  }

  /**
   * Vectors of any numbers; not copied.
   *
   * @param width values of a vector
   * @param values of one vector after the other
   */
  public static Targets floats(int width, float[] values) {
    return new Targets(width, null, null, values);
  }

  /** Whether these are vectors. */
  public boolean areVectors() {
    return classes == null;
  }

  /** Values of a vector; 0 for class numbers. */
  public int width() {
    return width;
  }

  /** Returns the number of images. */
  public int size() {
    if (classes != null) {
      return classes.length;
    }
    return (bytes == null ? floats.length : bytes.length) / width;
  }

  /** The class numbers; none where these are vectors. */
  public int[] classes() {
    return classes == null ? new int[0] : classes;
  }

  /** A value of the image's vector. */
  public float value(int image, int output) {
    int at = image * width + output;
    return bytes == null ? floats[at] : bytes[at] & 0xFF;
  }

  /** Room for so many images, of the same kind. */
  public Targets room(int images) {
    if (classes != null) {
      return classes(new int[images]);
    }
    int values = Math.multiplyExact(images, width);
    return bytes == null ? floats(width, new float[values]) : bytes(width, new byte[values]);
  }

  /** Takes the target of an image of others, which are of the same kind. */
  public void put(int image, Targets others, int other) {
    if (classes != null) {
      classes[image] = others.classes[other];
    } else if (bytes != null) {
      System.arraycopy(others.bytes, other * width, bytes, image * width, width);
    } else {
      System.arraycopy(others.floats, other * width, floats, image * width, width);
    }
  }

  /** Returns how many bytes {@link #write} adds. */
  public int imageBytes() {
    return classes != null ? Integer.BYTES : bytes != null ? width : width * Float.BYTES;
  }

  /** Adds an image's target to a buffer: big-endian integer, bytes, or big-endian float32. */
  public void write(int image, ByteBuffer buffer) {
    if (classes != null) {
      buffer.putInt(classes[image]);
    } else if (bytes != null) {
      buffer.put(bytes, image * width, width);
    } else {
      for (int c = 0; c < width; c++) {
        buffer.putFloat(floats[image * width + c]);
      }
    }
  }
}
